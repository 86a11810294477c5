using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using PtxSimulator.Execution;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Convolutions of a residual block in one launch: which are, and what it saves.</summary>
public sealed class ChainTests
{
    // What a plan's text has before a link that is not the first.
    private const string Link = "\n   > ";

    [Theory]
    [InlineData(75)]
    [InlineData(86)]
    [InlineData(90)]
    public void Blocks_of_large_maps_share_a_launch_and_agree_with_the_reference(int sm)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, loneOps: true);
        using var reference = new ReferenceBackend();
        foreach (OpCase item in OpCases.All.Where(item => item.Name.StartsWith("chain ", StringComparison.Ordinal)))
        {
            OpScene scene = item.Make();
            using Session expected = scene.Open(reference);
            using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
            scene.Run(expected);
            scene.Run(got);
            Assert.True(got.PlanText.Contains(Link, StringComparison.Ordinal), got.PlanText);
            foreach (string output in expected.Graph.Outputs.Keys)
            {
                OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
                Assert.True(comparison.Error <= 1e-5, $"{item.Name}, {comparison}\n{got.PlanText}");
            }
        }
    }

    /// <summary>A block of ResNet-50 at 56x56 and its neighbours; a value with a tap is stored, but what reads it can follow all the same.</summary>
    [Fact]
    public void One_launch_for_a_block_moves_fewer_bytes_and_gives_the_same_numbers()
    {
        (float[] one, string plan, long launches, long sectors) = Run(apart: false, tapped: false);
        (float[] tapped, string stored, _, long more) = Run(apart: false, tapped: true);
        (float[] alone, string separate, long all, long most) = Run(apart: true, tapped: false);
        Assert.Equal(1 + 3, plan.Split(Link).Length);
        Assert.Equal(1 + 3, stored.Split(Link).Length);
        Assert.DoesNotContain(Link, separate);
        Assert.Equal(one, tapped);
        OpComparison comparison = OpComparison.Compare("y", one, alone);
        Assert.True(comparison.Error <= 1e-7, comparison.ToString()); // the order of the sums differs, so may their rounding to fp16
        Assert.Equal(all - 3, launches);
        Assert.InRange(sectors, 1, more - 1);
        Assert.InRange(more, 1, most - 1);
    }

    [Fact]
    public void What_is_read_elsewhere_before_the_chain_could_start_is_left_alone()
    {
        OpScene scene = new OpCase("late residual", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 32, 60, 60));
            Value y = g.Relu(g.Conv2d(x, scene.Weight(0.1f, 32, 32, 3, 3), null, 1, Padding.Same(1)));
            Value late = g.Relu(g.Conv2d(x, scene.Weight(0.1f, 64, 32, 3, 3), null, 1, Padding.Same(1)));
            scene.Output(g.MaxPool(g.Sum(late, g.Conv2d(y, scene.Weight(0.1f, 64, 32, 1, 1), null, 1, default)), 2, 2));
        }).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(90, loneOps: true);
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference), got = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(expected);
        scene.Run(got);
        Assert.DoesNotContain(Link, got.PlanText);
        Assert.True(OpComparison.Compare("y", got.Output("y"), expected.Output("y")).Error <= 1e-5);
    }

    /// <summary>A trunk in float32 is stored as two halves; what follows in the launch reads the high ones, as it would by itself.</summary>
    [Fact]
    public void Wide_sums_are_stored_whole_by_a_chain()
    {
        OpScene scene = new OpCase("wide", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.MaxPool(scene.Input("x", 1, 24, 61, 49), window: 3, stride: 1, padding: 1);
            using (g.WideResults())
            {
                for (int i = 0; i < 2; i++)
                {
                    Value y = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 16, 24, 1, 1), null, 1, default));
                    y = g.Relu(g.Conv2d(y, scene.Weight(0.1f, 16, 16, 3, 3), null, 1, Padding.Same(1)));
                    x = g.Sum(g.Conv2d(y, scene.Weight(0.2f, 24, 16, 1, 1), null, 1, default), x);
                }
            }

            using GraphBuilder.Scope full = g.FullPrecision();
            scene.Output(g.Resize(x, 30, 25, ResizeMode.Bilinear));
        }).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(90);
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference), got = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(expected);
        scene.Run(got);
        Assert.Contains("   > %", got.PlanText);
        Assert.Contains("chain_pair", got.PlanText);
        OpComparison comparison = OpComparison.Compare("y", got.Output("y"), expected.Output("y"));
        Assert.True(comparison.Error <= 1e-6, $"{comparison}\n{got.PlanText}");
    }

    /// <summary>On 132 SMs: the blocks of 56x56 and of 64x64 and 32x32 with 128 channels, not those of 28x28 with 512 nor of smaller maps.</summary>
    [Theory]
    [InlineData(56 * 56, 64, 256, 3)]
    [InlineData(64 * 64, 128, 256, 3)]
    [InlineData(32 * 32, 128, 256, 3)]
    [InlineData(28 * 28, 128, 512, 0)]
    [InlineData(14 * 14, 256, 1024, 0)]
    [InlineData(7 * 7, 512, 2048, 0)]
    public void Maps_of_many_pixels_and_few_channels_are_chained(int rows, int middle, int channels, int links)
    {
        ProductShape[] block = [new(rows, middle, 9 * middle / 8, 1), new(rows, channels, middle / 8, 1), new(rows, middle, channels / 8, 1)];
        Assert.Equal(links, new ConvChainTiles(new TileModel(90)).Best(block)?.Links ?? 0);
    }

    /// <summary>Tuning compares plans of several ranks launch by launch, so all of them have the same launches.</summary>
    [Theory]
    [InlineData("chain 1x40->24->70->33 41x37 s1")]
    [InlineData("separable 1x300->130 7x7 k3 s1 d1")]
    [InlineData("separable 1x40->41 17x20 k3 s1 d2")]
    public void What_shares_a_launch_does_not_depend_on_the_rank_of_tiles(string name)
    {
        OpGraph graph = Optimizer.Run(
            OpCases.Named(name).Make().Graph.Build(), [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        TileChoice first = new(90), late = first.WithRank(7);
        IEnumerable<(int, string, int)> Launches(TileChoice tiles) =>
            CudaLowering.Lower(graph, SimulatedCuda.Options(Precision.Float16), tiles, roundsHeads: true).Steps
                .Select(step => (step.Node.Id, step.File, step.Links.Count));
        Assert.Contains(Launches(first), step => step.Item2 is "chain" or "separable");
        Assert.Equal(Launches(first), Launches(late));
    }

    /// <summary>What a link keeps lies neither on what it reads nor, for the first, on the rows under way.</summary>
    [Theory]
    [InlineData(64, 64, 256, 64, 40)]
    [InlineData(32, 512, 24, 512, 100)]
    [InlineData(32, 20, 300)]
    public void Links_keep_their_results_in_turn_in_two_places(int rows, params int[] outputs)
    {
        int[] places = ConvChainTiles.KeptAt(outputs, rows);
        Assert.Equal(outputs.Length, places.Length);
        int end = ConvChainTiles.LinkTile(outputs[0], rows).SharedBytes, start = 0; // what is read while a link keeps its own
        for (int i = 0; i < outputs.Length - 1; i++)
        {
            int own = ConvChainTiles.KeptBytes(outputs[i], rows);
            Assert.True(places[i] >= end || places[i] + own <= start, $"link {i}");
            Assert.True(places[i] + own <= places[^1] && own >= outputs[i] * rows * 2);
            (start, end) = (places[i], places[i] + own);
        }
    }

    private static (float[] Result, string Plan, long Launches, long Sectors) Run(bool apart, bool tapped)
    {
        OpScene scene = new OpCase("block", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = g.Relu(scene.Input("x", 1, 256, 56, 56));
            Value y = g.Relu(g.Conv2d(x, scene.Weight(0.05f, 64, 256, 1, 1), scene.Weight(0.5f, 64), 1, default));
            y = g.Relu(g.Conv2d(y, scene.Weight(0.05f, 64, 64, 3, 3), scene.Weight(0.5f, 64), 1, Padding.Same(1)));
            y = tapped ? g.Tap("between", y) : y;
            x = g.Relu(g.Sum(g.Conv2d(y, scene.Weight(0.1f, 256, 64, 1, 1), scene.Weight(0.5f, 256), 1, default), x));
            y = g.Relu(g.Conv2d(x, scene.Weight(0.05f, 64, 256, 1, 1), scene.Weight(0.5f, 64), 1, default));
            y = g.Relu(g.Conv2d(y, scene.Weight(0.05f, 64, 64, 3, 3), scene.Weight(0.5f, 64), 1, Padding.Same(1)));
            x = g.Sum(g.Conv2d(y, scene.Weight(0.1f, 256, 64, 1, 1), scene.Weight(0.5f, 256), 1, default), x);
            scene.Output(g.Reduce(g.MaxPool(x, 2, 2), Reduction.Mean, 1));
        }).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(90, launchesApart: apart);
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options(Precision.Float16));
        scene.Run(session);
        KernelCounters[] kernels = [.. cuda.Simulator.Kernels
            .Where(pair => pair.Key.StartsWith("chain", StringComparison.Ordinal) || pair.Key.StartsWith("conv2d_mma", StringComparison.Ordinal)).Select(pair => pair.Value)];

        // 16 bytes a lane are four wavefronts without conflicts.
        Assert.All(kernels, counters => Assert.InRange(counters.SharedWavefronts, 1, 4 * counters.SharedRequests));
        return (session.Output("y").ToArray(), session.PlanText, cuda.Simulator.Counters.Launches, kernels.Sum(counters => counters.GlobalSectors));
    }
}
