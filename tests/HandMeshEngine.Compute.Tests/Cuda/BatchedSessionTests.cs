using HandMeshEngine.Compute.Backends.Cuda;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Several items in one run: each from its own image, with the bits of a run alone where nothing is added up in another order.</summary>
public sealed class BatchedSessionTests
{
    private const int Size = 16;

    [Theory]
    [InlineData("")]
    [InlineData("frames=copied")]
    public void Every_item_of_a_batch_is_cut_from_its_own_image(string switches)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90, switches: switches);
        SessionOptions options = SimulatedCuda.Options() with { SharesFrames = true };
        using var sessions = new BatchedSessions(cuda.Backend, options, Warp);
        byte[][] pixels = [Noise(1, 3 * 40 * 60), Noise(2, 30 * 50), Noise(3, 3 * 40 * 60)];
        ImageView Image(int i) => i == 1
            ? new ImageView(pixels[1], 30, 50, 30, PixelFormat.Gray8) { Orientation = FrameOrientation.FromExif(6) }
            : new ImageView(pixels[i], 40, 60, 120, i == 0 ? PixelFormat.Rgb : PixelFormat.Bgr);
        double[][] crops = [[1, 0, 3, 0, 1, 4, 0, 0, 1], [0.5, 0.1, 2, -0.1, 0.5, 9, 0, 0, 1], [2, 0, 1, 0, 2, 30, 0, 0, 1]];
        var alone = new List<float[]>();
        for (int i = 0; i < 3; i++)
        {
            crops[i].CopyTo(sessions.Single.Input<double>("crop"));
            sessions.Single.Run(Image(i));
            alone.Add(sessions.Single.Output("y").ToArray());
        }

        cuda.Backend.BeginFrame();
        Session together = sessions.For(3, out int places);
        Assert.Equal(4, places);
        for (int place = 0; place < places; place++)
        {
            int item = Math.Min(place, 2);
            crops[item].CopyTo(together.Input<double>("crop").Slice(9 * place, 9));
            together.Attach(place, Image(item), item);
        }

        long launches = cuda.Simulator.Counters.GraphLaunches;
        together.RunAttached();
        cuda.Backend.EndFrame();
        Assert.Equal(launches + 1, cuda.Simulator.Counters.GraphLaunches);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(alone[i], together.Output("y").Slice(3 * Size * Size * i, 3 * Size * Size).ToArray());
        }

        Assert.Contains("item 4", Assert.Throws<ArgumentException>(() => together.Attach(4, Image(0), 0)).Message);
        Assert.Throws<ArgumentException>(() => together.Attach(0, default, 0));
    }

    [Fact]
    public void Where_a_larger_plan_does_not_fit_smaller_ones_go_on()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        int asked = 0;
        using var sessions = new BatchedSessions(cuda.Backend, SimulatedCuda.Options(), items =>
        {
            asked += items > 2 ? 1 : 0;
            return items > 2 ? throw new CudaException(CudaErrorKind.Retry, "out of memory") : Warp(items);
        });
        sessions.For(8, out int places);
        Assert.Equal(2, places);
        sessions.For(8, out places);
        Assert.Equal((2, 2), (places, asked)); // of 8 and of 4, each once
        Assert.Same(sessions.Single, sessions.For(1, out places));
        Assert.Equal(1, places);
    }

    [Fact]
    public void Elsewhere_items_run_one_by_one_on_one_session()
    {
        using Backend cpu = Devices.Open("cpu");
        using var sessions = new BatchedSessions(cpu, SessionOptions.Default, Warp);
        Assert.Same(sessions.Single, sessions.For(8, out int places));
        Assert.Equal(1, places);
        Assert.False(sessions.Attaches);
        Assert.Throws<NotSupportedException>(() => sessions.Single.Attach(0, new ImageView(new byte[3], 1, 1, 3, PixelFormat.Rgb), 0));
        Assert.Throws<NotSupportedException>(sessions.Single.RunAttached);
    }

    [Theory]
    [InlineData("mediapipe-hand")]
    [InlineData("handdgp")]
    [InlineData("mobrecon")]
    [InlineData("graphhand")]
    [InlineData("handar")]
    [InlineData("inceptiongraph")]
    [InlineData("pixelaligned")]
    public void Two_hands_take_about_the_launches_of_one_and_clearly_less_than_two_times_one(string system)
    {
        var options = new EstimatorOptions { System = system, Weights = system == "mediapipe-hand" ? null : "random:1" };
        int one = Launches(options, 1), two = Launches(options, 2);
        Assert.InRange(two, 1, one + (one / 5));
    }

    private static int Launches(EstimatorOptions options, int hands)
    {
        OpGraph graph = Optimizer.Run(HandNetworks.Build(options, hands)[^1].Value, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        CudaPlan plan = CudaLowering.Lower(graph, SimulatedCuda.Options(Precision.Float16), new TileChoice(90));
        Assert.Equal(hands, plan.Images);
        return plan.Steps.Count;
    }

    private static OpGraph Warp(int items)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("y", g.WarpNormalize(
            g.Image("image"), g.Input("crop", DType.Float64, items, 3, 3),
            new WarpNormalizeOp(Size, Size, WarpSampling.Bilinear, WarpBorder.Zero, SwapRedBlue: false, (1, 1, 1), (0, 0, 0))));
        return g.Build();
    }

    private static byte[] Noise(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
