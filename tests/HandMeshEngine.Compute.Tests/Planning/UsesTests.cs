using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Tests.Planning;

public sealed class UsesTests
{
    [Fact]
    public void A_value_knows_each_operand_that_reads_it_in_the_order_of_the_graph()
    {
        GraphBuilder builder = new(new Dictionary<string, Tensor>());
        Value x = builder.Input("x", 1, 8);
        Value twice = builder.Sum(x, x), last = builder.Relu(x);
        builder.Output("y", twice);
        builder.Output("z", last);
        var uses = new Uses(builder.Build());
        Assert.Equal([(twice.Id, 0), (twice.Id, 1), (last.Id, 0)], uses.Of(x.Id).Select(use => (use.Reader.Id, use.Operand)));
        Assert.False(uses.IsReadOnce(x.Id));
        Assert.Empty(uses.Of(last.Id));
    }

    [Fact]
    public void A_value_with_a_name_is_read_by_others_too()
    {
        GraphBuilder builder = new(new Dictionary<string, Tensor>());
        Value inner = builder.Relu(builder.Input("x", 1, 8)), named = builder.Sigmoid(inner), last = builder.Relu(named);
        builder.Tap("t", named);
        builder.Output("y", last);
        OpGraph graph = builder.Build();
        var uses = new Uses(graph);
        Assert.True(uses.IsReadOnce(inner.Id));
        Assert.Equal(inner.Id, uses.SoleProducer(graph.Nodes[named.Id], 0)!.Id);
        Assert.True(uses.IsNamed(named.Id));
        Assert.Null(uses.SoleProducer(graph.Nodes[last.Id], 0));
    }
}
