using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda.Native;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Branches in a side stream: what waits for what, that the arena keeps them apart, and that every wait is needed.</summary>
public sealed unsafe class LaunchLanesTests
{
    private static readonly TensorType _type = new(DType.Float32, new Shape(1));
    private static readonly Node _node = new(0, new InputOp("x", _type), [], _type, string.Empty, Rounding.Everywhere);

    private static delegate* unmanaged<nint, nint, uint, CudaResult> _wait;
    private static int _waits;
    private static int _forgotten;

    [Fact]
    public void A_branch_goes_beside_and_is_waited_for_where_it_joins()
    {
        PlanBuffer x = Buffer(), a = Buffer(), b = Buffer(), c = Buffer(), d = Buffer();
        LaunchStep[] steps = [Step([], x), Step([x], a), Step([x], b), Step([a], c), Step([b], d), Step([c, d], Buffer())];
        var lanes = new LaunchLanes(steps);
        Assert.Equal([false, false, true, false, true, false], Enumerable.Range(0, 6).Select(lanes.IsSide));
        Assert.Equal([0], lanes.Waits(2));
        Assert.Equal([4], lanes.Waits(5));
        Assert.All([0, 1, 3, 4], step => Assert.Empty(lanes.Waits(step)));
        Assert.Equal([false, true, false, true, true, false], Enumerable.Range(0, 6).Select(lanes.Follows));
        Assert.True(lanes.Precedes(2, 5) && !lanes.Precedes(3, 4) && !lanes.Precedes(4, 3));
        Assert.Equal(LaunchLanes.Start, lanes.Last);
    }

    [Fact]
    public void A_branch_from_the_start_waits_for_the_start_and_the_end_for_it()
    {
        var lanes = new LaunchLanes([Step([], Buffer()), Step([], Buffer())]);
        Assert.Equal([LaunchLanes.Start], lanes.Waits(1));
        Assert.Equal(1, lanes.Last);
    }

    [Fact]
    public void Buffers_of_branches_that_run_together_never_share_memory()
    {
        PlanBuffer x = Buffer(), a = Buffer(), b = Buffer(), c = Buffer(), d = Buffer();
        var plan = new CudaPlan();
        plan.Steps.AddRange([Step([], x), Step([x], a), Step([x], b), Step([a], c), Step([b], d), Step([c, d], Buffer())]);
        plan.PlaceBuffers();
        Assert.NotEqual(a.Start, d.Start); // one launch after the other, a would be free when d is written
        Assert.Equal(5 * 256, plan.ArenaBytes);
    }

    [Theory]
    [InlineData(86, null)]
    [InlineData(90, 1)]
    [InlineData(90, 2)]
    [InlineData(75, 3)]
    public void Branches_agree_with_the_reference_in_any_order_that_the_events_allow(int sm, int? seed)
    {
        OpScene scene = Scene();
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, options: new SimulatorOptions { CheckOrder = true, ShuffleSeed = seed }, launchesApart: true);
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference);
        using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options());
        Assert.Contains("  beside %", got.PlanText);
        scene.Run(expected);
        scene.Run(got);
        scene.Run(got);
        foreach (string output in expected.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= 1e-7, $"{comparison}\n{got.PlanText}");
        }
    }

    /// <summary>A driver that forgets one of the waits: the capture is refused, or the simulator sees two kernels that nothing orders.</summary>
    [Fact]
    public void Every_wait_is_needed()
    {
        Assert.Null(RunForgetting(-1));
        int waits = _waits;
        Assert.InRange(waits, 3, 30);
        int races = 0;
        for (int wait = 0; wait < waits; wait++)
        {
            Exception? error = RunForgetting(wait);
            Assert.True(error is CudaException, $"wait {wait} of {waits} can be forgotten");
            races += error.Message.Contains("memory race", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(races, 1, waits);
    }

    private static Exception? RunForgetting(int wait)
    {
        using Simulator simulator = new(new SimulatorOptions { Sm = 86, CheckOrder = true });
        DriverTable table = simulator.Table;
        _wait = table.StreamWaitEvent;
        (_waits, _forgotten) = (0, wait);
        table.StreamWaitEvent = &Wait;
        CudaDriver driver = new(table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        return Record.Exception(() =>
        {
            using var backend = new CudaBackend(driver, new CudaBackendOptions(), SimulatedCuda.Compiler("12.4"))
            {
                Hooks = new CudaTestHooks { LaunchesApart = true },
            };
            OpScene scene = Scene();
            using Session session = scene.Open(backend, SimulatedCuda.Options());
            scene.Run(session);
        });
    }

    [UnmanagedCallersOnly]
    private static CudaResult Wait(nint stream, nint other, uint flags) =>
        _waits++ == _forgotten ? CudaResult.Success : _wait(stream, other, flags);

    /// <summary>Two branches, joined twice.</summary>
    private static OpScene Scene() => new OpCase("branches", scene =>
    {
        GraphBuilder g = scene.Graph;
        Value x = g.Relu(scene.Input("x", 1, 13, 11, 9));
        for (int round = 0; round < 2; round++)
        {
            Value a = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 19, 13, 3, 3), scene.Weight(0.3f, 19), 1, Padding.Same(1)));
            a = g.Conv2d(a, scene.Weight(0.2f, 13, 19, 3, 3), scene.Weight(0.3f, 13), 1, Padding.Same(1));
            Value b = g.Relu(g.Conv2d(x, scene.Weight(0.3f, 13, 1, 3, 3), scene.Weight(0.3f, 13), 1, Padding.Same(1), groups: 13));
            b = g.Conv2d(b, scene.Weight(0.3f, 13, 1, 5, 5), scene.Weight(0.3f, 13), 1, Padding.Same(2), groups: 13);
            x = g.Multiply(a, b);
        }

        scene.Output(x);
    }).Make();

    private static PlanBuffer Buffer() => new(BufferKind.Arena, 256);

    private static LaunchStep Step(PlanBuffer[] reads, PlanBuffer writes)
    {
        var step = new LaunchStep(_node, "move", "move") { Shape = new LaunchShape(1, 1, 1, 128) };
        foreach (PlanBuffer read in reads)
        {
            step.Take(new Pointer(read, 0));
        }

        return step.Take(new Pointer(writes, 0, IsWritten: true));
    }
}
