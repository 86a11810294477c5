using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

public sealed class CudaSessionTests
{
    [Fact]
    public void A_run_is_one_graph_launch_and_one_wait_and_allocates_nothing()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        OpScene scene = OpCases.Named("warp of a warp").Make();
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(session);
        DriverCounters before = cuda.Simulator.Counters.Snapshot();
        for (int i = 0; i < 3; i++)
        {
            scene.Run(session);
        }

        DriverCounters after = cuda.Simulator.Counters;
        Assert.Equal((3, 3), (after.GraphLaunches - before.GraphLaunches, after.Synchronizations - before.Synchronizations));
        Assert.Equal(
            (before.Allocations, before.HostAllocations, before.ModuleLoads), (after.Allocations, after.HostAllocations, after.ModuleLoads));
    }

    [Fact]
    public void A_larger_image_is_taken_without_a_new_capture()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using var reference = new ReferenceBackend();
        OpScene scene = OpCases.Named("warp bilinear zero 1").Make();
        using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options());
        using Session expected = scene.Open(reference);
        scene.Run(got);
        long modules = cuda.Simulator.Counters.ModuleLoads;
        var pixels = new byte[120 * 400];
        new Random(1).NextBytes(pixels);
        got.Run(new ImageView(pixels, 90, 120, 400, PixelFormat.Bgra));
        expected.Run(new ImageView(pixels, 90, 120, 400, PixelFormat.Bgra));
        Assert.True(OpComparison.Compare("y", got.Output("y"), expected.Output("y")).Error < 1e-7);
        Assert.Equal(modules, cuda.Simulator.Counters.ModuleLoads);
    }

    [Theory]
    [InlineData(75, "11.8")]
    [InlineData(75, "12.4")]
    [InlineData(80, "11.8")]
    [InlineData(90, "12.4")]
    public void Other_architectures_and_compilers_agree_with_the_reference(int sm, string nvrtc)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, nvrtc, loneOps: true);
        using var reference = new ReferenceBackend();
        foreach (string name in new[]
        {
            "conv2d 85->21 9x11 k3 s1 p1", "conv2d residual prelu", "convtranspose2d k3 s2 p1 op1", "linear batch residual gelu", "spiralconv 50x3->21",
            "depthwise 144 14x14 k5 s2", "attention batch 2 on slices", "warp opencv zero", "rootsolve", "bincenters",
        })
        {
            OpComparison comparison = OpComparison.Run(OpCases.Named(name), cuda.Backend, reference, SimulatedCuda.Options(Precision.Float16));
            Assert.True(comparison.Error <= 1e-5, $"{name}: {comparison}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Results_do_not_depend_on_the_order_of_blocks_warps_or_streams(int seed)
    {
        using SimulatedCuda plain = SimulatedCuda.Open(loneOps: true);
        using SimulatedCuda turned = SimulatedCuda.Open(options: new SimulatorOptions { ReversedOrder = true, ShuffleSeed = seed }, loneOps: true);
        foreach (string name in new[] { "conv2d 64->128 14x15 k3 s2 p1", "bottleneck with a shared border", "tokens of a map and back", "chebterms 4" })
        {
            OpScene scene = OpCases.Named(name).Make();
            using Session first = scene.Open(plain.Backend, SimulatedCuda.Options(Precision.Float16));
            using Session second = scene.Open(turned.Backend, SimulatedCuda.Options(Precision.Float16));
            scene.Run(first);
            scene.Run(second);
            scene.Run(second);
            Assert.Equal(first.Output("y").ToArray(), second.Output("y").ToArray());
        }
    }

    [Fact]
    public void Observed_taps_can_be_read_and_change_no_result()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        OpGraph graph = Tapped();
        SessionOptions options = SimulatedCuda.Options(Precision.Float16);
        using Session plain = cuda.Backend.Open(graph, options);
        using Session observed = cuda.Backend.Open(graph, options with { Observe = ["middle"] });
        foreach (Session session in new[] { plain, observed })
        {
            session.Input<float>("x").Fill(0.5f);
            session.Run();
        }

        Assert.Equal(plain.Output("y").ToArray(), observed.Output("y").ToArray());
        Assert.Equal(6 * 5 * 5, observed.Output("middle").Length);
        Assert.Contains("'middle' was not observed", Assert.Throws<ArgumentException>(() => plain.Output("middle").Length).Message);
    }

    [Fact]
    public void A_profile_times_every_step_and_names_its_stage()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using Session session = cuda.Backend.Open(Tapped(), SimulatedCuda.Options() with { Profile = true });
        session.Input<float>("x").Fill(0.5f);
        session.Run();
        session.Run();
        Assert.Equal(2, session.Profile!.Runs);
        Assert.Equal(["body", "head", "main"], session.Profile.Stages().Select(stage => stage.Stage).Order());
        Assert.Equal((6 * 25 * 36) + (2 * 25 * 6), session.Profile.Steps.Sum(step => step.MultiplyAdds));
        Assert.Equal(2, cuda.Simulator.Counters.GraphLaunches);
    }

    [Fact]
    public void Plans_are_text_that_does_not_change_and_progress_is_reported()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        var steps = new List<CompileStep>();
        SessionOptions options = SimulatedCuda.Options(Precision.Float16) with { Progress = steps.Add };
        string text;
        using (Session before = cuda.Backend.Open(Tapped(), options))
        {
            text = before.PlanText;
        }

        // Opened while the other is, it would share that one's plan and report nothing.
        using Session first = cuda.Backend.Open(Tapped(), options);
        Assert.Equal(text, first.PlanText);
        Assert.Contains("conv2d_mma_f16 [1, 4, 5, 5]->[1, 6, 5, 5] k3x3 s1 tile 32x32x", first.PlanText);
        Assert.Equal(steps[^1].Total, steps[^1].Done);
        Assert.True(steps[^1].WasCached);
        Assert.True(first.MemoryBytes > 0);
    }

    [Fact]
    public void A_session_runs_in_the_callers_stream()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        CudaDriver driver = new(cuda.Simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        using CudaContext context = CudaContext.Retain(driver.GetDevice(0));
        using CudaStream stream = new(context);
        using var backend = new CudaBackend(
            driver, new CudaBackendOptions { Context = context.Handle, Stream = stream.Handle }, SimulatedCuda.Compiler("12.4"));
        using var reference = new ReferenceBackend();
        OpComparison comparison = OpComparison.Run(OpCases.Named("linear 5x7->1"), backend, reference, SimulatedCuda.Options());
        Assert.True(comparison.Error < 1e-7, comparison.ToString());
        Assert.Throws<ArgumentException>(() => new CudaBackend(driver, new CudaBackendOptions { Stream = stream.Handle }, null));
    }

    [Fact]
    public void Wrong_inputs_and_disposed_sessions_are_refused()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        Session session = cuda.Backend.Open(Tapped(), SimulatedCuda.Options());
        Assert.Contains("no tensor input", Assert.Throws<ArgumentException>(() => session.Input<float>("z").Length).Message);
        Assert.Contains("holds Float32", Assert.Throws<ArgumentException>(() => session.Input<int>("x").Length).Message);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run());
        using Session warp = OpCases.Named("warp bilinear zero 0").Make().Open(cuda.Backend, SimulatedCuda.Options());
        Assert.Contains("hand one to Run", Assert.Throws<ArgumentException>(() => warp.Run()).Message);
        using Session gather = OpCases.Named("gather by an input").Make().Open(cuda.Backend, SimulatedCuda.Options());
        gather.Input<int>("index")[3] = 61;
        Assert.Contains("holds 61, outside 0..60", Assert.Throws<ArgumentException>(() => gather.Run()).Message);
    }

    private static OpGraph Tapped()
    {
        OpScene scene = OpCases.Named("concat maps on axis 1").Make();
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value x = g.Input("x", 1, 4, 5, 5), middle;
        using (g.Stage("body"))
        {
            middle = g.Tap("middle", g.Relu(g.Conv2d(x, g.Constant("w", scene.Numbers(new Shape(6, 4, 3, 3), 1)), null, 1, Padding.Same(1))));
        }

        using (g.Stage("head"))
        {
            g.Output("y", g.Conv2d(middle, g.Constant("v", scene.Numbers(new Shape(2, 6, 1, 1), 1)), null, 1, default));
        }

        return g.Build();
    }
}
