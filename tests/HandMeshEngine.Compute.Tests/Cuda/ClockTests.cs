using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cases.Ops;
using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Times are those of kernels: clocks read inside one graph. And what times decide.</summary>
public sealed class ClockTests
{
    [Fact]
    public void A_profiled_run_is_one_graph_with_a_clock_between_any_two_kernels()
    {
        OpScene scene = OpCases.Named("bottleneck with a shared border").Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16) with { Profile = true });
        scene.Run(session);
        DriverCounters before = cuda.Simulator.Counters.Snapshot();
        scene.Run(session);
        DriverCounters after = cuda.Simulator.Counters.Snapshot();
        int kernels = session.Profile!.Steps.Count;
        Assert.True(kernels > 1);
        Assert.Equal(1, after.GraphLaunches - before.GraphLaunches);
        Assert.Equal(kernels, after.Launches - before.Launches);
        Assert.Equal(0, after.OverlappingLaunches - before.OverlappingLaunches);

        // One more to begin with, and one that tells what a clock costs; none of them recorded by the host.
        Assert.Equal(kernels + 2, after.TimedEventsOfGraphs - before.TimedEventsOfGraphs);
        Assert.Equal(after.TimedEventsOfGraphs, after.TimedEvents);
        Assert.Equal(1, after.Synchronizations - before.Synchronizations);
        Assert.Equal(2, session.Profile.Runs);
        Assert.All(Enumerable.Range(0, kernels), step => Assert.True(session.Profile.Microseconds(step) > 0));
    }

    [Fact]
    public void A_tuning_launches_each_product_twenty_times_between_two_clocks_and_has_its_weights_once()
    {
        OpScene scene = OpCases.Named("conv2d 64->128 14x15 k3 s2 p1").Make();
        const long weights = 64 * 128 * 9 * 2, input = 64 * 14 * 15 * 4;
        using SimulatedCuda cuda = SimulatedCuda.Open(90, loneOps: true);
        DriverCounters before = cuda.Simulator.Counters.Snapshot();
        string folder = Directory.CreateTempSubdirectory("tune").FullName;
        TuningResult result = cuda.Backend.Tune(
            scene.Graph.Build(), SimulatedCuda.Options(Precision.Float16) with { KernelFolder = folder },
            candidates: 3, rounds: 1, cancellation: TestContext.Current.CancellationToken);
        DriverCounters after = cuda.Simulator.Counters.Snapshot();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, result.Shapes);
        Assert.InRange(after.BytesToDevice - before.BytesToDevice, weights + (3 * input), weights + (4 * input));

        // A warm-up and a round of three candidates: three clocks each, in graphs; and a run of each that fills its memory.
        Assert.Equal(2 * 3 * 3, after.TimedEventsOfGraphs - before.TimedEventsOfGraphs);
        Assert.Equal(after.TimedEventsOfGraphs, after.TimedEvents);
        Assert.InRange(after.Launches - before.Launches, 2 * 3 * 20, (2 * 3 * 20) + (3 * 5));
    }

    [Fact]
    public void The_rules_tile_stays_unless_another_is_faster_by_more_than_times_of_one_tile_differ()
    {
        Assert.Equal(0, TileContest.Winner([Around(10, 1, 3), Around(9.8, 1, 4), Around(9.9, 1, 5)]));
        Assert.Equal(2, TileContest.Winner([Around(10, 0.2, 3), Around(9, 0.2, 4), Around(8, 0.2, 5), Around(12, 0.2, 6)]));
    }

    [Fact]
    public void A_gain_that_only_half_of_the_measurement_shows_is_none()
    {
        double[] holder = Around(10, 0.1, 7);
        double[] drifting = [.. Around(7, 0.1, 8).Take(10), .. Around(10.2, 0.1, 9).Take(10)];
        Assert.Equal(0, TileContest.Winner([holder, drifting]));
    }

    [Fact]
    public void Clocks_that_repeat_exactly_need_one_part_in_a_hundred()
    {
        double[] Same(double time) => [.. Enumerable.Repeat(time, 20)];
        Assert.Equal(0, TileContest.Winner([Same(10), Same(9.95)]));
        Assert.Equal(1, TileContest.Winner([Same(10), Same(9.8)]));
    }

    [Fact]
    public void Late_samples_neither_win_nor_lose()
    {
        double[] holder = Around(10, 0.1, 10), faster = Around(9, 0.1, 11);
        holder[3] = faster[5] = faster[15] = 200;
        Assert.Equal(1, TileContest.Winner([holder, faster]));
        holder[7] = holder[12] = 200;
        Assert.Equal(0, TileContest.Winner([holder, Around(10, 0.1, 12)]));
    }

    private static double[] Around(double time, double spread, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20).Select(_ => time + (spread * (random.NextDouble() - 0.5)))];
    }
}
