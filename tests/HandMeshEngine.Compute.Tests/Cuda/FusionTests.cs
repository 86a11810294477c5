using Activation = HandMeshEngine.Compute.Graph.Activation;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>What launches do beside their own op: the numbers stay, the launches go.</summary>
public sealed class FusionTests
{
    [Theory]
    [InlineData(Precision.Float32, 1e-7)]
    [InlineData(Precision.Float16, 1e-5)]
    public void A_sum_after_the_activation_is_stored_by_the_convolution(Precision precision, double tolerance) => Check(
        precision, tolerance, absent: "add", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = scene.Input("x", 1, 13, 9, 11);
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.3f, 19, 13, 3, 3), null, 1, Padding.Same(1)));
            Value b = g.Relu(g.Conv2d(a, scene.Weight(0.3f, 19, 19, 1, 1), null, 1, Padding.Same(0)));
            scene.Output(g.Conv2d(Sum(g, a, b), scene.Weight(0.3f, 5, 19, 1, 1), null, 1, Padding.Same(0)));
        });

    [Theory]
    [InlineData(Precision.Float32, 1e-7)]
    [InlineData(Precision.Float16, 1e-5)]
    public void A_pre_activation_is_stored_beside_what_it_reads(Precision precision, double tolerance) => Check(
        precision, tolerance, absent: "affine_", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.MaxPool(scene.Input("x", 1, 21, 12, 14), 2, 2);
            Value first = g.Relu(g.Affine(x, scene.Weight(1, 21), scene.Weight(1, 21)));
            Value sum = Sum(g, x, g.Conv2d(first, scene.Weight(0.3f, 21, 21, 3, 3), null, 1, Padding.Same(1)));
            Value second = g.Relu(g.Affine(sum, scene.Weight(1, 21), scene.Weight(1, 21)));
            Value up = Sum(g, g.Resize(g.MaxPool(second, 2, 2), 6, 7, ResizeMode.Nearest), sum);
            Value last = g.Relu(g.Affine(up, scene.Weight(1, 21), scene.Weight(1, 21)));
            scene.Output(g.Conv2d(last, scene.Weight(0.3f, 3, 21, 1, 1), null, 1, Padding.Same(0)));
        });

    [Theory]
    [InlineData(Precision.Float32, 1e-7)]
    [InlineData(Precision.Float16, 1e-5)]
    public void A_dense_block_lies_in_one_buffer(Precision precision, double tolerance) => Check(
        precision, tolerance, absent: "-none-", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value a = g.Relu(g.Conv2d(scene.Input("x", 1, 13, 9, 11), scene.Weight(0.3f, 16, 13, 1, 1), null, 1, Padding.Same(0)));
            Value b = g.Conv2d(a, scene.Weight(0.3f, 24, 16, 3, 3), null, 1, Padding.Same(1));
            Value ab = g.Concat(1, a, b);
            Value c = g.Conv2d(ab, scene.Weight(0.3f, 21, 40, 1, 1), null, 1, Padding.Same(0));
            Value all = g.Concat(1, ab, c);
            scene.Output(g.Conv2d(all, scene.Weight(0.3f, 5, 61, 3, 3), null, 1, Padding.Same(1)));
        },
        moves: 2); // the input and the output

    [Theory]
    [InlineData(Precision.Float32, 1e-7)]
    [InlineData(Precision.Float16, 1e-5)]
    public void Samples_map_their_points_themselves(Precision precision, double tolerance) => Check(
        precision, tolerance, absent: "affine_", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value points = g.Activate(scene.Input("points", 1, 37, 2), Activation.Clamp(0, 1));
            Value pixels = g.Affine(points, scene.Positive(2), scene.Weight(1, 2));
            scene.Output(g.GridSample(scene.Input("x", 1, 11, 9, 7), pixels, SampleBorder.Zero));
        });

    /// <summary>A map in float32 between two kernels of a plan in fp16 is two halves; weights that fp16 does not hold make a third product.</summary>
    [Theory]
    [InlineData(true, "_x3")]
    [InlineData(false, "_x2")]
    public void A_map_in_full_precision_reaches_tensor_cores_as_two_halves(bool exactWeights, string absent) => Check(
        Precision.Float16, 1e-12, absent, scene =>
        {
            GraphBuilder g = scene.Graph;
            using GraphBuilder.Scope full = g.FullPrecision();
            Value x = g.Activate(scene.Input("x", 1, 21, 12, 14), Activation.Clamp(-2, 2));
            Value grouped = g.Conv2d(x, scene.Weight(0.3f, 21, 1, 5, 5), null, 2, Padding.Same(2), groups: 21);
            Value first = g.Conv2d(grouped, Weight(scene, exactWeights, 19, 21), null, 1, Padding.Same(0));
            Value up = g.Resize(g.Relu(first), 9, 10, ResizeMode.Bilinear);
            Value second = g.Conv2d(up, Weight(scene, exactWeights, 16, 19), null, 1, Padding.Same(0));
            scene.Output(g.Activate(second, Activation.Clamp(-2, 2)));
        });

    /// <summary>A trunk of residual sums: convolutions read the high halves, the next sum both, so sums are not rounded one after the other.</summary>
    [Fact]
    public void Wide_results_lose_nothing_from_sum_to_sum()
    {
        double Error(bool wide)
        {
            OpScene scene = new OpCase("trunk", scene =>
            {
                GraphBuilder g = scene.Graph;
                using GraphBuilder.Scope scope = wide ? g.WideResults() : g.Stage("trunk");
                Value x = g.MaxPool(scene.Input("x", 1, 24, 9, 10), window: 3, stride: 1, padding: 1);
                for (int i = 0; i < 6; i++)
                {
                    x = g.Sum(g.Conv2d(x, scene.Weight(1e-3f, 24, 24, 3, 3), null, 1, Padding.Same(1)), x);
                }

                using GraphBuilder.Scope full = g.FullPrecision();
                scene.Output(g.Resize(x, 4, 5, ResizeMode.Bilinear));
            }).Make();
            return Compare(scene, Precision.Float16, plan => Assert.Equal(wide, plan.Contains("_pair ", StringComparison.Ordinal)));
        }

        double rounded = Error(wide: false);
        Assert.InRange(Error(wide: true), 0, 0.4 * rounded);
    }

    /// <summary>Inputs that fp16 holds, times weights that it does not: these are two halves each.</summary>
    [Theory]
    [InlineData("spiralconv")]
    [InlineData("linear")]
    [InlineData("conv2d")]
    [InlineData("linear rows")]
    public void Exact_weights_are_not_rounded(string kind) => Check(
        Precision.Float16, 1e-12, absent: $"{kind}_mma_f", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value map = scene.Input("x", Halves(1, 40, kind == "linear rows" ? 1 : 8, 21));
            Value sum;
            using (g.ExactWeights())
            {
                Value y = kind switch
                {
                    "conv2d" => g.Conv2d(map, scene.Weight(0.3f, 19, 40, 3, 3), null, 1, Padding.Same(1)),
                    "spiralconv" => g.SpiralConv(g.Reshape(map, 1, 320, 21), scene.Table(320, 50, 7), scene.Weight(0.3f, 19, 7 * 21)),
                    _ => g.Linear(g.Reshape(map, 1, g.ShapeOf(map).Count / 420, 420), scene.Weight(0.3f, 19, 420)),
                };
                sum = g.Sum(y, scene.Input("trunk", Halves(g.ShapeOf(y).Extents))); // kept in float32, as the test of trunks shows
            }

            using GraphBuilder.Scope head = g.FullPrecision();
            scene.Output(g.Sum(sum, sum));
        });

    private static Tensor Halves(params ReadOnlySpan<int> extents)
    {
        var tensor = new Tensor(DType.Float32, new Shape(extents));
        for (int i = 0; i < tensor.Shape.Count; i++)
        {
            tensor.Span<float>()[i] = (float)(Half)MathF.Sin(i);
        }

        return tensor;
    }

    private static Value Weight(OpScene scene, bool exact, int outputs, int inputs)
    {
        var tensor = new Tensor(DType.Float32, new Shape(outputs, inputs, 1, 1));
        Span<float> values = tensor.Span<float>();
        for (int i = 0; i < values.Length; i++)
        {
            float value = MathF.Sin(i + outputs);
            values[i] = exact ? (float)(Half)value : value;
        }

        return scene.Graph.Constant($"weight {outputs}", tensor);
    }

    private static Value Sum(GraphBuilder g, Value a, Value b) => g.Add(new BinaryOp(BinaryKind.Add, Activation.None), a, b);

    private static void Check(Precision precision, double tolerance, string absent, Action<OpScene> build, int moves = -1)
    {
        double error = Compare(new OpCase("fusion", build).Make(), precision, plan =>
        {
            Assert.DoesNotContain(absent, plan);
            Assert.True(moves < 0 || moves == plan.Split(" move_").Length - 1, plan);
        });
        Assert.InRange(error, 0, tolerance);
    }

    // The largest error of an output.
    private static double Compare(OpScene scene, Precision precision, Action<string> checkPlan)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference);
        using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options(precision));
        scene.Run(expected);
        scene.Run(got);
        checkPlan(got.PlanText);
        return expected.Graph.Outputs.Keys.Max(output => OpComparison.Compare(output, got.Output(output), expected.Output(output)).Error);
    }
}
