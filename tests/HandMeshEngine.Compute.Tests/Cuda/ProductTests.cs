using System.Text;
using System.Text.RegularExpressions;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cuda.Compilation;
using PtxSimulator.Execution;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Matrix products on tensor cores: every tile of the family, split or not, and what it does to shared memory.</summary>
public sealed class ProductTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handmesh-tiles");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(32, 32, 3, 1)]
    [InlineData(64, 32, 4, 1)]
    [InlineData(32, 128, 3, 1)]
    [InlineData(128, 64, 3, 1)]
    [InlineData(128, 128, 4, 1)]
    [InlineData(32, 32, 4, 6)]
    [InlineData(64, 64, 3, 3)]
    [InlineData(128, 32, 3, 2)]
    public void Every_tile_agrees_with_the_reference_and_meets_no_bank_conflict(int rows, int outputs, int stages, int split)
    {
        OpScene scene = Scene();
        using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true);
        string path = TileTable.PathFor(_folder.FullName, cuda.Device);
        var table = new TileTable();
        table.Set(new ProductShape(13 * 11, 75, 9 * 13, 1), new Tile(rows, outputs, stages, split));
        table.Write(path);
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference);
        using Session got = scene.Open(cuda.Backend, Options());
        Assert.Null(cuda.Backend.TuningNote);
        Assert.Contains($"tile {new Tile(rows, outputs, stages, split)}", got.PlanText);
        scene.Run(expected);
        scene.Run(got);
        float[] first = got.Output("y").ToArray();
        scene.Run(got); // the counters of the parts are zero again
        Assert.Equal(first, got.Output("y").ToArray());
        OpComparison comparison = OpComparison.Compare("y", first, expected.Output("y"));
        Assert.True(comparison.Error <= 1e-5, $"{comparison}\n{got.PlanText}");

        // An ldmatrix of four tiles is four wavefronts without conflicts, and feeds four products, whose weights come from global
        // memory; sums that warps exchange are two. Tickets of parts are one.
        KernelCounters counters = cuda.Simulator.Kernels.Single(pair => pair.Key.StartsWith("conv2d_mma", StringComparison.Ordinal)).Value;
        long fragments = counters.MatrixInstructions / 4, tickets = split > 1 ? 5 * counters.Blocks : 0;
        Assert.Equal(4 * fragments + 2 * (counters.SharedRequests - fragments - tickets) + tickets, counters.SharedWavefronts);
    }

    [Fact]
    public void Tuning_stores_what_sessions_then_use()
    {
        OpScene scene = Scene();
        using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true);
        var steps = new List<TuningStep>();
        TuningResult result = cuda.Backend.Tune(scene.Graph.Build(), Options(), steps.Add, candidates: 3, rounds: 2);
        Assert.Equal(1, result.Shapes);
        Assert.InRange(result.MicrosecondsAfter, 0, result.MicrosecondsBefore);
        Assert.Equal(steps[^1].Total, steps[^1].Done);
        (TileTable table, string? note) = TileTable.Read(result.File);
        Assert.Null(note);
        Assert.True(table.TryGet(new ProductShape(13 * 11, 75, 9 * 13, 1), out Tile tile));
        using Session session = scene.Open(cuda.Backend, Options());
        Assert.Contains($"tile {tile} ", session.PlanText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("143 75 117 1 32 32 3 1\n")]
    [InlineData("143 75 117 1 32 32 3 1\nsum 00\n")]
    [InlineData("nonsense")]
    public void A_damaged_table_is_ignored_with_a_note(string text)
    {
        OpScene scene = Scene();
        using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true);
        string path = TileTable.PathFor(_folder.FullName, cuda.Device);
        File.WriteAllText(path, text);
        using Session session = scene.Open(cuda.Backend, Options());
        Assert.Contains(path, cuda.Backend.TuningNote);
        Assert.Contains("handmesh tune", cuda.Backend.TuningNote);
        scene.Run(session);
    }

    [Fact]
    public void A_tile_that_no_kernel_has_is_not_taken_from_a_table()
    {
        var product = new ProductShape(100, 100, 100, 1);
        var table = new TileTable();
        table.Set(product, new Tile(96, 32, 3));
        Assert.Equal(new TileChoice(86).For(product), new TileChoice(86, table).For(product));
    }

    [Fact]
    public void Small_maps_are_split_and_large_ones_are_not()
    {
        var tiles = new TileChoice(90);
        Assert.True(tiles.For(new ProductShape(49, 512, 9 * 64, 1)).Split > 1);
        Assert.Equal(1, tiles.For(new ProductShape(128 * 128, 64, 8, 1)).Split);
        Assert.True(tiles.For(new ProductShape(128 * 128, 128, 16, 1)) is { Rows: 128, Outputs: 128 });
    }

    /// <summary>A lane's 16 bytes are what mma.sync wants of it, and every weight has one place.</summary>
    [Fact]
    public void Weights_lie_as_the_fragments_of_the_lanes()
    {
        const int outputs = 64, depth = 96;
        int[] places = [.. Enumerable.Range(0, outputs * depth).Select(i => Fragments.IndexOf(i / depth, i % depth, depth))];
        Assert.Equal(Enumerable.Range(0, outputs * depth), places.Order());

        // Lane 4 g + t holds of column g the k 2t, 2t + 1, 2t + 8, 2t + 9 and 16 more each; columns 2 p and 2 p + 1 of product j are outputs 8 p + 2 j and the next.
        const int step = 2, product = 3, g = 5, t = 2, output = 32 + (g / 2 * 8) + (product * 2) + (g % 2);
        int first = ((((((1 * (depth / 32)) + step) * 4) + product) * 32) + (4 * g) + t) * 8;
        int[] k = [2 * t, (2 * t) + 1, (2 * t) + 8, (2 * t) + 9, (2 * t) + 16, (2 * t) + 17, (2 * t) + 24, (2 * t) + 25];
        Assert.Equal(Enumerable.Range(first, 8), k.Select(i => Fragments.IndexOf(output, (step * 32) + i, depth)));
    }

    /// <summary>1024 k are 32 steps. Where four warps share their sums they are 8 rounds, each with a barrier; two more exchange the sums.</summary>
    [Theory]
    [InlineData(32, 32, 8 + 2)]
    [InlineData(64, 32, 16 + 2)]
    [InlineData(64, 64, 32)]
    public void Warps_of_small_tiles_take_turns_along_k(int rows, int outputs, int barriers)
    {
        OpScene scene = new OpCase("small map", scene => scene.Output(scene.Graph.Conv2d(
            scene.Input("x", 1, 1024, 7, 7), scene.Weight(0.1f, 64, 1024, 1, 1), null, 1, default))).Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(loneOps: true);
        var table = new TileTable();
        table.Set(new ProductShape(49, 64, 128, 1), new Tile(rows, outputs, 3));
        table.Write(TileTable.PathFor(_folder.FullName, cuda.Device));
        using Session session = scene.Open(cuda.Backend, Options());
        scene.Run(session);
        KernelCounters counters = cuda.Simulator.Kernels.Single(pair => pair.Key.StartsWith("conv2d_mma", StringComparison.Ordinal)).Value;
        Assert.Equal(barriers * 4 * counters.Blocks, counters.Barriers);
    }

    /// <summary>Eight rows of a residual at a time wait for memory together, then are stored; they cost no register that is not there.</summary>
    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(64, 128, 1)]
    [InlineData(128, 128, 2)]
    public void Rows_are_read_before_any_is_stored(int rows, int outputs, int batches)
    {
        OpScene scene = new OpCase("residual", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value x = scene.Input("x", 1, 128, 12, 12), y = scene.Input("residual", 1, 128, 12, 12);
            scene.Output(g.MaxPool(g.Relu(g.Sum(g.Conv2d(x, scene.Weight(0.1f, 128, 128, 1, 1), scene.Weight(1, 128), 1, default), y)), 2, 2));
        }).Make();
        OpGraph graph = Optimizer.Run(scene.Graph.Build(), [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        var table = new TileTable();
        table.Set(new ProductShape(144, 128, 16, 1), new Tile(rows, outputs, 4));
        LaunchStep step = CudaLowering.Lower(graph, SimulatedCuda.Options(Precision.Float16), new TileChoice(90, table)).Steps
            .Single(step => step.File == "conv2d");
        KernelProgram program = ProgramWriter.Write([step]).Single().Program with { Options = ["--ptxas-options=-v"] };
        Nvrtc compiler = SimulatedCuda.Compiler("12.4");
        string ptx = Encoding.UTF8.GetString(compiler.Compile(program, new KernelTarget(90, KernelImageKind.Ptx)).Bytes);
        bool[] stores = [.. Regex.Matches(ptx, @"\t(ld|st)\.global\.v4\.(u32|f32)").Select(match => match.Groups[1].Value == "st")];
        Assert.Equal(batches, stores.Zip(stores.Skip(1), (before, after) => !before && after).Count(turns => turns));
        Assert.Contains("0 bytes spill stores", compiler.Compile(program, new KernelTarget(90, KernelImageKind.Cubin)).Log);
    }

    /// <summary>A card of 132 SMs holds 135168 threads: a thread for 8 weights while they suffice.</summary>
    [Theory]
    [InlineData(63, 1152, 128, 1)]
    [InlineData(512, 5120, 128, 1)]
    [InlineData(256, 512, 64, 1)]
    [InlineData(7808, 512, 32, 2)]
    [InlineData(64, 4, 1, 1)]
    [InlineData(12, 24, 4, 1)]
    public void A_product_of_few_rows_is_shared_by_as_many_threads_as_a_card_holds(int outputs, int depth, int lanes, int together) =>
        Assert.Equal((lanes, together), new TileChoice(90).ForRows(outputs, (depth + 7) / 8));

    private static OpScene Scene() => new OpCase("product", scene => scene.Output(scene.Graph.Relu(scene.Graph.Conv2d(
        scene.Input("x", 1, 101, 13, 11), scene.Weight(0.1f, 75, 101, 3, 3), scene.Weight(1, 75), 1, Padding.Same(1))))).Make();

    private SessionOptions Options() => new() { Precision = Precision.Float16, KernelFolder = _folder.FullName };
}
