namespace HandMeshEngine.Compute.Tests.Graph;

public sealed class GraphBuilderTests
{
    [Fact]
    public void A_missing_weight_is_named()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        var error = Assert.Throws<GraphException>(() => g.Conv2d(g.Input("x", 1, 3, 4, 4), "backbone.conv1.weight"));
        Assert.Contains("'backbone.conv1.weight'", error.Message);
    }

    [Fact]
    public void Operands_that_do_not_fit_are_named_with_stage_and_weights()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor> { ["w"] = new(DType.Float32, new Shape(8, 4, 3, 3)) });
        using (g.Stage("stem"))
        {
            Value x = g.Input("x", 1, 3, 4, 4);
            var error = Assert.Throws<GraphException>(() => g.Conv2d(x, "w"));
            Assert.Equal("stage stem: conv2d: weight [8, 4, 3, 3] on input [1, 3, 4, 4] with 1 groups (weights: w)", error.Message);
        }
    }

    [Fact]
    public void TensorFlow_padding_puts_the_odd_row_behind()
    {
        Assert.Equal(new Padding(0, 0, 1, 1), Padding.TensorFlowSame(224, 224, 3, 2));
        Assert.Equal(new Padding(1, 1, 2, 2), Padding.TensorFlowSame(192, 192, 5, 2));
        Assert.Equal(new Padding(1, 1, 1, 1), Padding.TensorFlowSame(7, 7, 3, 1));
    }

    [Fact]
    public void The_printed_graph_shows_stages_and_attributes()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor> { ["w"] = new(DType.Float32, new Shape(8, 3, 3, 3)) });
        Value x = g.Input("x", 1, 3, 4, 4);
        using (g.Stage("stem"))
        {
            x = g.Relu(g.Conv2d(x, "w", stride: 2, padding: 1));
        }

        g.Output("y", x);
        Assert.Equal(
            "stage main\n  %0 = input x() : [1, 3, 4, 4]\nstage stem\n  %2 = conv2d s2 p1(%0, w[8, 3, 3, 3]) : [1, 8, 2, 2]\n"
            + "  %3 = activation relu(%2) : [1, 8, 2, 2]\noutput y = %3\n",
            GraphPrinter.Print(g.Build()));
    }
}
