using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using PtxSimulator.Execution;
using Activation = HandMeshEngine.Compute.Graph.Activation;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Depth-wise and 1x1 convolution in one launch: which are, and what it saves.</summary>
public sealed class SeparableTests
{
    [Theory]
    [InlineData(75)]
    [InlineData(86)]
    [InlineData(90)]
    public void Most_pairs_share_a_launch_and_agree_with_the_reference(int sm)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, loneOps: true);
        using var reference = new ReferenceBackend();
        int fused = 0, all = 0;
        foreach (OpCase item in OpCases.All.Where(item => item.Name.StartsWith("separable ", StringComparison.Ordinal)))
        {
            OpScene scene = item.Make();
            using Session expected = scene.Open(reference);
            using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
            scene.Run(expected);
            scene.Run(got);
            OpComparison comparison = OpComparison.Compare("y", got.Output("y"), expected.Output("y"));
            Assert.True(comparison.Error <= 1e-5, $"{item.Name}, {comparison}\n{got.PlanText}");
            all++;
            fused += got.PlanText.Contains("separable_f", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(fused, (all / 2) + 1, all);
    }

    [Fact]
    public void One_launch_moves_fewer_bytes_than_two_and_gives_the_same_numbers()
    {
        (float[] one, long oneLaunches, long oneSectors) = Run(observable: false);
        (float[] two, long twoLaunches, long twoSectors) = Run(observable: true);
        OpComparison comparison = OpComparison.Compare("y", one, two);
        Assert.True(comparison.Error <= 1e-7, comparison.ToString()); // the order of the sums differs, so may their rounding to fp16
        Assert.Equal(twoLaunches - 1, oneLaunches);
        Assert.InRange(oneSectors, 1, twoSectors * 2 / 3);
    }

    /// <summary>What lies between the two is multiplied as two halves: nothing that counts is rounded.</summary>
    [Fact]
    public void Maps_in_full_precision_share_a_launch_without_losing_it()
    {
        OpScene scene = new OpCase("pairs", scene =>
        {
            GraphBuilder g = scene.Graph;
            using GraphBuilder.Scope full = g.FullPrecision();
            Value x = g.Activate(scene.Input("x", 1, 37, 12, 14), Activation.Clamp(-2, 2));
            Value between = g.Conv2d(x, scene.Weight(0.3f, 37, 1, 5, 5), scene.Weight(0.3f, 37), 1, Padding.Same(2), groups: 37);
            float[] exact = [.. Enumerable.Range(0, 40 * 37).Select(i => (float)(Half)Math.Sin(i))];
            Value weights = g.Constant("weights", Tensor.From(new Shape(40, 37, 1, 1), exact));
            scene.Output(g.Activate(g.Conv2d(between, weights, null, 1, default), Activation.Clamp(-9, 9)));
        }).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open();
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference), got = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(expected);
        scene.Run(got);
        Assert.Contains("separable_pair", got.PlanText);
        OpComparison comparison = OpComparison.Compare("y", got.Output("y"), expected.Output("y"));
        Assert.True(comparison.Error <= 1e-12, $"{comparison}\n{got.PlanText}");

        // 16 bytes a lane are four wavefronts without conflicts; where a line of the map ends, neighbours may meet.
        KernelCounters counters = cuda.Simulator.Kernels.Single(pair => pair.Key.StartsWith("separable_pair", StringComparison.Ordinal)).Value;
        Assert.InRange(counters.SharedWavefronts, 1, 4 * counters.SharedRequests);
    }

    [Fact]
    public void A_pair_whose_pixels_do_not_fit_stays_two_launches()
    {
        var tiles = new DepthwisePointwiseTiles(new TileModel(90));
        var product = new ProductShape(128 * 128, 64, 8, 1);
        Assert.NotNull(tiles.Best(product, 9, elementBytes: 2, isSplit: false, rows => 4 * 128));
        Assert.Null(tiles.Best(product, 9, elementBytes: 4, isSplit: false, rows => 40 * 128));
    }

    /// <summary>A value with a tap is stored, so it stands between two launches.</summary>
    private static (float[] Result, long Launches, long Sectors) Run(bool observable)
    {
        OpScene scene = new OpCase("pair", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(g.Conv2d(scene.Input("x", 1, 8, 14, 14), scene.Weight(0.3f, 96, 8, 1, 1), null, 1, default));
            Value between = g.Relu(g.Conv2d(x, scene.Weight(0.3f, 96, 1, 3, 3), scene.Weight(0.3f, 96), 1, Padding.Same(1), groups: 96));
            between = observable ? g.Tap("between", between) : between;
            scene.Output(g.Conv2d(between, scene.Weight(0.1f, 24, 96, 1, 1), null, 1, default));
        }).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true);
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(session);
        KernelCounters[] pair = [.. cuda.Simulator.Kernels
            .Where(kernel => kernel.Key.StartsWith("separable", StringComparison.Ordinal) || kernel.Key.StartsWith("depthwise", StringComparison.Ordinal)
                || kernel.Key.StartsWith("conv2d_mma", StringComparison.Ordinal)).Select(kernel => kernel.Value)];

        // 16 bytes a lane are four wavefronts without conflicts.
        Assert.All(pair, counters => Assert.InRange(counters.SharedWavefronts, 0, 4 * counters.SharedRequests));
        return (session.Output("y").ToArray(), cuda.Simulator.Counters.Launches, pair.Sum(counters => counters.GlobalSectors));
    }
}
