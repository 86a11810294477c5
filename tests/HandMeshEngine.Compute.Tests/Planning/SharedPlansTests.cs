using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Planning.Sharing;
using HandMeshEngine.Compute.Tests.Cuda;
using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Planning;

/// <summary>Sessions of equal plans share their constants, and nothing else.</summary>
public sealed class SharedPlansTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_second_session_of_any_op_reads_the_constants_of_the_first_and_gives_the_same_bits(int threads)
    {
        using var backend = new CpuBackend(threads);
        foreach (OpCase item in OpCases.All)
        {
            OpScene scene = item.Make();
            int[] expected;
            Session second;
            using (Session first = scene.Open(backend))
            {
                second = scene.Open(backend);
                Assert.Same(first.Graph, second.Graph);
                expected = Run(scene, first);
                Assert.True(expected.AsSpan().SequenceEqual(Run(scene, second)), item.Name);
            }

            // The first is gone; the constants are not.
            Assert.True(expected.AsSpan().SequenceEqual(Run(scene, second)), item.Name);
            second.Dispose();
        }
    }

    [Fact]
    public void Other_weights_other_taps_and_weights_changed_in_place_are_not_shared()
    {
        using var backend = new CpuBackend(threads: 1);
        Tensor weight = Weight(1);
        OpGraph graph = Graph(weight);
        using Session first = backend.Open(graph, SessionOptions.Default);
        using Session equal = backend.Open(Graph(Weight(1)), SessionOptions.Default);
        using Session other = backend.Open(Graph(Weight(2)), SessionOptions.Default);
        using Session observed = backend.Open(graph, new SessionOptions { Observe = ["middle"] });
        weight.Span<float>()[4] += 1; // the middle of the first filter
        using Session changed = backend.Open(graph, SessionOptions.Default);

        Assert.Same(first.Graph, equal.Graph);
        Assert.NotSame(first.Graph, other.Graph);
        Assert.NotSame(first.Graph, observed.Graph);
        Assert.NotSame(first.Graph, changed.Graph);
        float before = First(first), after = First(changed);
        Assert.Equal(before, First(equal));
        Assert.NotEqual(before, after);
        Assert.NotEqual(before, First(other));
    }

    [Fact]
    public void Sessions_opened_at_once_share_one_plan()
    {
        using var backend = new CpuBackend(threads: 1);
        var sessions = new Session[12];
        Parallel.For(0, sessions.Length, i => sessions[i] = backend.Open(Graph(Weight(7)), SessionOptions.Default));

        Assert.All(sessions, session => Assert.Same(sessions[0].Graph, session.Graph));
        float expected = First(sessions[0]);
        Parallel.For(0, sessions.Length, i => Assert.Equal(expected, First(sessions[i])));
        Array.ForEach(sessions, session => session.Dispose());
    }

    [Fact]
    public void The_constants_go_with_the_last_session_disposed_or_forgotten()
    {
        using var backend = new CpuBackend(threads: 1);
        WeakReference graph = OpenAndForget(backend);
        for (int i = 0; i < 10 && graph.IsAlive; i++)
        {
            Thread.Sleep(10); // the warm-up may still run
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(graph.IsAlive);
    }

    [Fact]
    public void What_could_not_be_made_is_made_by_the_next_and_disposed_once_by_the_last()
    {
        var plans = new SharedPlans<int, Content>();
        OpGraph graph = Graph(Weight(3));
        SharedPlan<Content> first = plans.Take(1, graph), second = plans.Take(1, graph);
        Assert.Same(first, second);
        Assert.NotSame(first, plans.Take(2, graph));
        Assert.Throws<IOException>(() => first.GetOrMake(() => throw new IOException()));
        Content content = second.GetOrMake(() => new Content());
        Assert.Same(content, first.GetOrMake(() => throw new IOException()));

        first.Dispose();
        Assert.Equal(0, content.Disposals);
        second.Dispose();
        Assert.Equal(1, content.Disposals);
        using SharedPlan<Content> later = plans.Take(1, graph);
        Assert.Null(later.Content);
        later.GetOrMake(() => new Content { IsLost = true });
        using SharedPlan<Content> instead = plans.Take(1, graph, usable => !usable.IsLost);
        Assert.NotSame(later, instead);
    }

    [Fact]
    public void A_second_session_on_a_device_loads_nothing_and_adds_only_its_activations()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        OpScene scene = OpCases.Named("conv2d 128->256 7x7 k3 s1 p1").Make();
        Session first = scene.Open(cuda.Backend, SimulatedCuda.Options());
        int[] expected = Run(scene, first);
        long modules = cuda.Simulator.Counters.ModuleLoads, bytes = cuda.Simulator.Ledger.DeviceBytes;
        using Session second = scene.Open(cuda.Backend, SimulatedCuda.Options());

        Assert.Equal(modules, cuda.Simulator.Counters.ModuleLoads);
        long added = cuda.Simulator.Ledger.DeviceBytes - bytes, constants = 128 * 256 * 9 * sizeof(float);
        Assert.True(bytes >= constants && added < bytes - constants + 1, $"{bytes} bytes, then {added} more");
        Assert.Equal(expected, Run(scene, second));
        first.Dispose();
        Assert.Equal(expected, Run(scene, second));
        Assert.True(cuda.Simulator.Ledger.Modules > 0);
        second.Dispose();
        Assert.Equal((0, 0L), (cuda.Simulator.Ledger.Modules, cuda.Simulator.Ledger.DeviceBytes));
    }

    [Fact]
    public void Backends_of_one_device_share_and_other_devices_do_not()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(), other = SimulatedCuda.Open();
        using var beside = new CudaBackend(cuda.Device.Driver, new CudaBackendOptions(), SimulatedCuda.Compiler("12.4"));
        OpScene scene = OpCases.Named("linear batch residual gelu").Make();
        using Session first = scene.Open(cuda.Backend, SimulatedCuda.Options()), second = scene.Open(beside, SimulatedCuda.Options());
        long modules = cuda.Simulator.Counters.ModuleLoads;
        using Session elsewhere = scene.Open(other.Backend, SimulatedCuda.Options());

        Assert.Equal(modules, other.Simulator.Counters.ModuleLoads);
        int[] expected = Run(scene, first);
        Assert.Equal(expected, Run(scene, second));
        Assert.Equal(expected, Run(scene, elsewhere));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OpenAndForget(CpuBackend backend)
    {
        Session first = backend.Open(Graph(Weight(5)), SessionOptions.Default), second = backend.Open(Graph(Weight(5)), SessionOptions.Default);
        First(second);
        second.Dispose();
        return new WeakReference(first.Graph);
    }

    private static int[] Run(OpScene scene, Session session)
    {
        scene.Run(session);
        return [.. session.Graph.Outputs.Keys.SelectMany(name => MemoryMarshal.Cast<float, int>(session.Output(name)).ToArray())];
    }

    private static float First(Session session)
    {
        session.Input<float>("x").Fill(0.5f);
        session.Run();
        return session.Output("y")[0];
    }

    private static Tensor Weight(int seed)
    {
        var random = new Random(seed);
        return Tensor.From(new Shape(40, 40, 3, 3), [.. Enumerable.Range(0, 40 * 40 * 9).Select(_ => random.NextSingle())]);
    }

    private static OpGraph Graph(Tensor weight)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value middle = g.Tap("middle", g.Conv2d(g.Input("x", 1, 40, 16, 16), g.Constant("w", weight), null, 1, Padding.Same(1)));
        g.Output("y", g.Relu(middle));
        return g.Build();
    }

    private sealed class Content : IDisposable
    {
        public bool IsLost { get; init; }

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
