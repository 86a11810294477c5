namespace HandMeshEngine.Compute.Tests.Graph;

/// <summary>The fast backends follow index tables without looking, so the builder looks.</summary>
public sealed class IndexTableTests
{
    private readonly GraphBuilder _g = new(new Dictionary<string, Tensor>());

    public static TheoryData<string> Ops => ["gather", "spiralconv", "spiraldepthwise", "sparsematmul", "chebterms"];

    [Theory]
    [MemberData(nameof(Ops))]
    public void An_index_beyond_the_rows_is_refused_by_table_and_entry(string op)
    {
        Assert.Contains("entry 3 of the table 'index' is 4, but it may be 0 to 3", Refuse(op, 4));
        Assert.Contains("is -1", Refuse(op, -1));
        Add(op, 3);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 5 }, "entry 4 of the table 'rows' is 5")]
    [InlineData(new[] { 0, 2, 1, 3, 4 }, "do not rise from 0 to 4")]
    [InlineData(new[] { 1, 2, 3, 4, 4 }, "do not rise from 0 to 4")]
    [InlineData(new[] { 0, 0, 1, 2, 3 }, "do not rise from 0 to 4")]
    public void Row_starts_of_edges_rise_from_nothing_to_all(int[] rows, string problem)
    {
        Value x = _g.Input("x", 1, 4, 2);
        Value starts = _g.Constant("rows", Tensor.From<int>(new Shape(5), rows));
        Value columns = _g.Constant("columns", Tensor.From(new Shape(4), 0, 1, 2, 3));

        Assert.Contains(problem, Assert.Throws<GraphException>(() => _g.GinAggregate(x, starts, columns, 0)).Message);
    }

    [Fact]
    public void Neighbours_that_are_no_vertex_are_refused()
    {
        Value x = _g.Input("x", 1, 4, 2);
        Value starts = _g.Constant("rows", Tensor.From(new Shape(5), 0, 1, 2, 3, 4));
        Value columns = _g.Constant("columns", Tensor.From(new Shape(4), 0, 1, 4, 3));

        Assert.Contains("'columns' is 4", Assert.Throws<GraphException>(() => _g.GinAggregate(x, starts, columns, 0)).Message);
    }

    private string Refuse(string op, int entry) => Assert.Throws<GraphException>(() => Add(op, entry)).Message;

    private Value Add(string op, int entry)
    {
        Value x = _g.Input($"x {op} {entry}", 1, 4, 2);
        Value Table(int rows, int columns) => _g.Constant(
            "index", Tensor.From<int>(new Shape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(i => i == 3 ? entry : 0)]));
        Value Numbers(int rows, int columns) => _g.Constant("numbers", new Tensor(DType.Float32, new Shape(rows, columns)));
        return op switch
        {
            "gather" => _g.Gather(x, _g.Constant("index", Tensor.From(new Shape(4), 0, 0, 0, entry))),
            "spiralconv" => _g.SpiralConv(x, Table(4, 3), Numbers(5, 6)),
            "spiraldepthwise" => _g.SpiralDepthwise(x, Table(4, 3), Numbers(2, 3)),
            "sparsematmul" => _g.SparseMatMul(x, Table(7, 3), Numbers(7, 3)),
            _ => _g.ChebTerms(x, Table(4, 3), Numbers(4, 3), terms: 3),
        };
    }
}
