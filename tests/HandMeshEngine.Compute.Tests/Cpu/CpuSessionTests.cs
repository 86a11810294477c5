namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class CpuSessionTests
{
    public static TheoryData<string> Names => [.. OpCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_have_the_same_bits_in_every_run_and_with_any_number_of_threads(string name)
    {
        using var one = new CpuBackend(threads: 1);
        using var three = new CpuBackend(threads: 3);
        OpScene scene = OpCases.Named(name).Make();
        using Session alone = scene.Open(one);
        using Session shared = scene.Open(three);
        scene.Run(alone);
        foreach (string output in alone.Graph.Outputs.Keys)
        {
            int[] expected = Bits(alone.Output(output));
            for (int run = 0; run < 2; run++)
            {
                scene.Run(shared);
                Assert.Equal(expected, Bits(shared.Output(output)));
            }
        }
    }

    [Fact]
    public void Plans_are_text_that_does_not_change()
    {
        using var backend = new CpuBackend(threads: 2);
        OpScene scene = OpCases.Named("parts written into their concatenation").Make();
        using Session first = scene.Open(backend), second = scene.Open(backend);
        Assert.Equal(first.PlanText, second.PlanText);
        Assert.Contains("conv2d s1 p1 relu", first.PlanText);
        Assert.True(first.MemoryBytes > 0);
    }

    [Fact]
    public void Observed_taps_can_be_read_and_change_no_result()
    {
        using var backend = new CpuBackend(threads: 1);
        OpGraph graph = TappedGraph();
        using Session plain = backend.Open(graph, SessionOptions.Default);
        using Session observed = backend.Open(graph, new SessionOptions { Observe = ["middle"] });
        foreach (Session session in new[] { plain, observed })
        {
            session.Input<float>("x").Fill(0.5f);
            session.Run();
        }

        Assert.Equal(Bits(plain.Output("y")), Bits(observed.Output("y")));
        Assert.Equal(1 * 6 * 5 * 5, observed.Output("middle").Length);
        var error = Assert.Throws<ArgumentException>(() => plain.Output("middle").Length);
        Assert.Contains("'middle' was not observed", error.Message);
        Assert.Contains("no output", Assert.Throws<ArgumentException>(() => plain.Output("nowhere").Length).Message);
    }

    [Fact]
    public void A_profile_names_every_step_and_counts_the_arithmetic_once()
    {
        using var backend = new CpuBackend(threads: 1);
        using Session session = backend.Open(TappedGraph(), new SessionOptions { Profile = true });
        session.Run();
        session.Run();
        Profile profile = session.Profile!;
        Assert.Equal(2, profile.Runs);
        Assert.Equal(["body", "head", "main"], profile.Stages().Select(stage => stage.Stage).Order());
        Assert.Equal((6 * 25 * 36) + (2 * 25 * 6), profile.Steps.Sum(step => step.MultiplyAdds));
        Assert.All(Enumerable.Range(0, profile.Steps.Count), i => Assert.True(profile.Microseconds(i) >= 0));
    }

    [Fact]
    public void Wrong_inputs_and_disposed_sessions_are_refused()
    {
        using var backend = new CpuBackend(threads: 1);
        Session session = backend.Open(TappedGraph(), SessionOptions.Default);
        Assert.Contains("no tensor input", Assert.Throws<ArgumentException>(() => session.Input<float>("z").Length).Message);
        Assert.Contains("holds Float32", Assert.Throws<ArgumentException>(() => session.Input<int>("x").Length).Message);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run());
        Assert.Throws<ObjectDisposedException>(() => session.Input<float>("x").Length);
        Assert.Throws<ObjectDisposedException>(() => session.Output("y").Length);
        Assert.Throws<NotSupportedException>(() => backend.Open(TappedGraph(), new SessionOptions { Precision = Precision.Float16 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(-1));
    }

    [Fact]
    public void An_image_must_be_handed_to_a_graph_that_reads_one()
    {
        using var backend = new CpuBackend(threads: 1);
        using Session session = OpCases.Named("warp bilinear zero 0").Make().Open(backend);
        Assert.Contains("hand one to Run", Assert.Throws<ArgumentException>(() => session.Run()).Message);
    }

    [Fact]
    public void Indices_outside_a_table_are_refused()
    {
        using var backend = new CpuBackend(threads: 1);
        OpScene scene = OpCases.Named("gather by an input").Make();
        using Session session = scene.Open(backend);
        session.Input<int>("index")[3] = 61;
        Assert.Contains("holds 61, outside 0..60", Assert.Throws<ArgumentException>(() => session.Run()).Message);
    }

    [Fact]
    public void Sessions_of_one_backend_can_run_at_the_same_time()
    {
        using var backend = new CpuBackend(threads: 2);
        OpCase item = OpCases.Named("conv2d 64->128 14x15 k3 s2 p1");
        OpScene scene = item.Make();
        using Session serial = scene.Open(backend);
        scene.Run(serial);
        int[] expected = Bits(serial.Output("y"));
        Parallel.For(0, 4, _ =>
        {
            OpScene own = item.Make();
            using Session session = own.Open(backend);
            for (int run = 0; run < 20; run++)
            {
                own.Run(session);
                Assert.Equal(expected, Bits(session.Output("y")));
            }
        });
    }

    private static OpGraph TappedGraph()
    {
        var scene = OpCases.Named("concat maps on axis 1").Make();
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value x = g.Input("x", 1, 4, 5, 5);
        Value middle;
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

    private static int[] Bits(ReadOnlySpan<float> values) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();
}
