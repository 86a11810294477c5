using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Numpy;

public sealed class PickledTableTests
{
    [Fact]
    public void The_tables_of_a_MANO_file_are_read_past_its_chumpy_objects()
    {
        object? root = PickleFile.Read(Fixtures.PathOf("mano.pkl"));

        Assert.Equal([0, 1, 2, 2, 1, 3], Values(Array(root, "f")));
        Tensor regressor = Array(root, "J_regressor");
        Assert.Equal(new Shape(2, 4), regressor.Shape);
        Assert.Equal([0.5, 0.5, 0, 0, 0, 0, 0.25, 0.75], Values(regressor));
        Tensor template = Array(root, "v_template");
        Assert.Equal(new Shape(4, 3), template.Shape);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)i), Values(template));
        Assert.Equal(4294967295, Array(root, "kintree_table")[0]);
        Assert.Equal("lbs", PickleText.Of(PickledTables.Entry(root, "bs_style", "f")));
        Assert.Equal(new PyGlobal("chumpy.ch", "Ch"), Assert.IsType<PyObject>(PickledTables.Entry(root, "shapedirs", "f")).Type);
    }

    [Fact]
    public void The_meshes_and_matrices_of_a_transform_file_are_read()
    {
        object? root = PickleFile.Read(Fixtures.PathOf("transform.pkl"));

        IReadOnlyList<object?> vertices = PickledTables.Items(PickledTables.Entry(root, "vertices", "f"), "f", "vertices");
        IReadOnlyList<object?> up = PickledTables.Items(PickledTables.Entry(root, "up_transform", "f"), "f", "up_transform");
        Assert.Equal(5, vertices.Count);
        Assert.Equal(new Shape(3, 3), PickledTables.Array(vertices[1], "f", "vertices").Shape);
        Tensor matrix = PickledTables.Array(up[0], "f", "up_transform");
        Assert.Equal(DType.Float32, matrix.Type);
        Assert.Equal([1, 0, 0.25, 0.75, 0, -1], Values(matrix));
    }

    [Theory]
    [InlineData("protocol5.pkl")]
    [InlineData("protocol0.pkl")]
    public void Arrays_of_the_first_and_last_protocol_are_read(string file)
    {
        object? root = PickleFile.Read(Fixtures.PathOf(file));

        Assert.Equal([0, 1, 2, 3, 4, 5], Values(Array(root, "a")));
        Assert.StartsWith("gr\u00fc\u00df", Assert.IsType<string>(PickledTables.Entry(root, "text", "f")));
    }

    [Fact]
    public void Text_protocol_literals_have_their_values()
    {
        object? root = PickleFile.Read(Fixtures.PathOf("protocol0.pkl"));

        Assert.Equal("gr\u00fc\u00df \U0001f44d", PickledTables.Entry(root, "text", "f"));
        Assert.Equal(
            [1L, -2.5, true, null, BigInteger.Pow(2, 70)],
            PickledTables.Items(PickledTables.Entry(root, "n", "f"), "f", "n"));
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_by_name()
    {
        object? root = PickleFile.Read(Fixtures.PathOf("mano.pkl"));

        Assert.Contains("without an entry 'weights'", Assert.Throws<CheckpointException>(() => PickledTables.Entry(root, "weights", "f")).Message);
        Assert.Equal(
            "f: 'shapedirs': this is an object of chumpy.ch.Ch where an array is expected",
            Assert.Throws<CheckpointException>(() => Array(root, "shapedirs")).Message);
    }

    private static Tensor Array(object? root, string name) => PickledTables.Array(PickledTables.Entry(root, name, "f"), "f", name);

    private static IEnumerable<double> Values(Tensor tensor) => Enumerable.Range(0, tensor.Shape.Count).Select(i => tensor[i]);
}
