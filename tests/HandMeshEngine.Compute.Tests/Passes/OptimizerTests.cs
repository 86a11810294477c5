namespace HandMeshEngine.Compute.Tests.Passes;

public sealed class OptimizerTests
{
    [Fact]
    public void A_bottleneck_becomes_its_convolutions()
    {
        OpGraph optimised = Optimise(Bottleneck(out _), []);
        Assert.Equal(["conv2d", "conv2d", "conv2d", "conv2d"], Kinds(optimised));
        Assert.Contains("+bias +residual relu", GraphPrinter.Print(optimised));
    }

    [Fact]
    public void Rewrites_do_not_change_the_result()
    {
        OpGraph graph = Bottleneck(out float[] input);
        AssertClose(Run(graph, input, "y"), Run(Optimise(graph, []), input, "y"));
    }

    [Fact]
    public void Observing_a_tap_leaves_the_plan_as_it_is()
    {
        OpGraph graph = Bottleneck(out float[] input);
        OpGraph plain = Optimise(graph, []);
        OpGraph observed = Optimise(graph, ["*"]);
        Assert.Equal(GraphPrinter.Print(plain), GraphPrinter.Print(observed));
        Assert.Equal(Run(plain, input, "y"), Run(observed, input, "y"));
        AssertClose(Run(graph, input, "mid"), Run(observed, input, "mid"));
    }

    [Fact]
    public void A_name_that_is_no_tap_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Optimise(Bottleneck(out _), ["nowhere"]));
        Assert.Contains("'nowhere' cannot be observed; this model has mid", error.Message);
    }

    [Fact]
    public void Nodes_that_no_output_needs_go_away()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value x = g.Input("x", 1, 4);
        g.Sigmoid(g.Scale(x, 3));
        g.Output("y", g.Relu(x));
        Assert.Equal(["activation"], Kinds(Optimise(g.Build(), [])));
    }

    [Fact]
    public void Arithmetic_on_constants_happens_once()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value x = g.Input("x", 1, 2);
        Value sum = g.Sum(g.Constant("a", new Shape(1, 2), 1, 2), g.Constant("b", new Shape(1, 2), 10, 20));
        g.Output("y", g.Sum(x, sum));
        OpGraph optimised = Optimise(g.Build(), []);
        Assert.Equal(["add"], Kinds(optimised));
        Assert.Equal([16f, 25f], Run(optimised, [5, 3], "y"));
    }

    [Fact]
    public void A_transposed_convolution_takes_its_batch_norm_in_along_the_right_axis()
    {
        Dictionary<string, Tensor> weights = Weights(("w", [6, 5, 4, 4]), ("bn.weight", [5]), ("bn.bias", [5]), ("bn.running_mean", [5]), ("bn.running_var", [5]));
        var g = new GraphBuilder(weights);
        Value x = g.Input("x", 1, 6, 3, 3);
        g.Output("y", g.Relu(g.BatchNorm(g.ConvTranspose2d(x, "w", stride: 2, padding: 1), "bn")));
        OpGraph graph = g.Build();
        OpGraph optimised = Optimise(graph, []);
        Assert.Equal(["convtranspose2d"], Kinds(optimised));
        float[] input = Numbers(54, 9);
        AssertClose(Run(graph, input, "y"), Run(optimised, input, "y"));
    }

    [Fact]
    public void A_linear_pointwise_convolution_is_multiplied_into_its_readers()
    {
        OpGraph graph = Pointwise(padding: 0, tap: false, middle: 9);
        OpGraph optimised = Optimise(graph, []);
        Assert.Equal(["conv2d", "conv2d"], Kinds(optimised));
        float[] input = Numbers(3 * 6 * 8, 5);
        AssertClose(Run(graph, input, "y"), Run(optimised, input, "y"));
        AssertClose(Run(graph, input, "z"), Run(optimised, input, "z"));
    }

    [Theory]
    [InlineData(1, false, 9)] // a padded pixel has no bias of the first convolution
    [InlineData(0, true, 9)] // somebody may look at the value between
    [InlineData(0, false, 1)] // a bottleneck is cheaper than its product
    public void A_pointwise_convolution_stays_where_composing_would_change_or_cost_something(int padding, bool tap, int middle) =>
        Assert.Equal(3, Kinds(Optimise(Pointwise(padding, tap, middle), [])).Count(kind => kind == "conv2d"));

    // x [3, 6, 8] -> middle channels -> y (2x2, stride 2, ReLU) and z (1x1 with batch norm).
    private static OpGraph Pointwise(int padding, bool tap, int middle)
    {
        var g = new GraphBuilder(Weights(
            ("first", [middle, 3, 1, 1]), ("first.b", [middle]), ("patch", [5, middle, 2, 2]), ("patch.b", [5]), ("point", [4, middle, 1, 1]),
            ("bn.weight", [4]), ("bn.bias", [4]), ("bn.running_mean", [4]), ("bn.running_var", [4])));
        Value x = g.Conv2d(g.Input("x", 1, 3, 6, 8), "first", "first.b");
        if (tap)
        {
            g.Tap("between", x);
        }

        g.Output("y", g.Relu(g.Conv2d(x, "patch", "patch.b", stride: 2, padding)));
        g.Output("z", g.BatchNorm(g.Conv2d(x, "point"), "bn"));
        return g.Build();
    }

    private static OpGraph Bottleneck(out float[] input)
    {
        Dictionary<string, Tensor> weights = Weights(
            ("conv1", [4, 6, 1, 1]), ("conv2", [4, 4, 3, 3]), ("conv3", [8, 4, 1, 1]), ("down", [8, 6, 1, 1]));
        foreach ((string name, int channels) in new[] { ("bn1", 4), ("bn2", 4), ("bn3", 8), ("bnd", 8) })
        {
            foreach ((string key, Tensor tensor) in Weights((name + ".weight", [channels]), (name + ".bias", [channels]), (name + ".running_mean", [channels]), (name + ".running_var", [channels])))
            {
                weights.Add(key, tensor);
            }
        }

        var g = new GraphBuilder(weights);
        Value x = g.Input("x", 1, 6, 5, 7);
        Value y = g.Relu(g.BatchNorm(g.Conv2d(x, "conv1"), "bn1"));
        y = g.Tap("mid", g.Relu(g.BatchNorm(g.Conv2d(y, "conv2", padding: 1), "bn2")));
        y = g.BatchNorm(g.Conv2d(y, "conv3"), "bn3");
        g.Output("y", g.Relu(g.Sum(g.BatchNorm(g.Conv2d(x, "down"), "bnd"), y)));
        input = Numbers(6 * 5 * 7, 3);
        return g.Build();
    }

    private static Dictionary<string, Tensor> Weights(params (string Name, int[] Shape)[] tensors) => tensors.ToDictionary(
        t => t.Name,
        t =>
        {
            var shape = new Shape(t.Shape);
            float[] values = Numbers(shape.Count, t.Name.Length);
            return Tensor.From(shape, t.Name.EndsWith("_var", StringComparison.Ordinal) ? [.. values.Select(v => v + 1.5f)] : values);
        });

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static OpGraph Optimise(OpGraph graph, string[] observe) =>
        Optimizer.Run(graph, observe, (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));

    private static string[] Kinds(OpGraph graph) =>
        [.. graph.Nodes.Where(node => node.Op is not (ConstantOp or InputOp)).Select(node => node.Op.Kind)];

    private static float[] Run(OpGraph graph, float[] input, string output)
    {
        using Session session = new ReferenceBackend().Open(graph, new SessionOptions { Observe = ["*"] });
        input.CopyTo(session.Input<float>("x"));
        session.Run();
        return session.Output(output).ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) < 2e-6f, $"[{i}] {expected[i]} became {actual[i]}");
        }
    }
}
