using System.Numerics;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>A matrix product on tensor cores, as far as the choice of its tile goes.</summary>
/// <param name="Rows">Rows of the result, of one phase.</param>
/// <param name="Outputs">Columns of the result.</param>
/// <param name="Chunks">Groups of 8 that k runs over.</param>
/// <param name="Phases">Products side by side.</param>
internal readonly record struct ProductShape(int Rows, int Outputs, int Chunks, int Phases);

/// <summary>How a product is cut into blocks.</summary>
/// <param name="Rows">Rows of a block: 32, 64 or 128.</param>
/// <param name="Outputs">Columns of a block: 32, 64 or 128.</param>
/// <param name="Stages">Steps of k in shared memory at once, all but one of them on their way.</param>
/// <param name="Split">Blocks that share one tile, each with a part of k.</param>
internal readonly record struct Tile(int Rows, int Outputs, int Stages, int Split = 1)
{
    /// <summary>Warps that share their sums, each with steps of its own: a tile gives 32 x 32 sums to each of four, at least.</summary>
    public int WarpsAlongK => Math.Max(1, 4096 / (Rows * Outputs));

    /// <summary>Dynamic shared memory of a block.</summary>
    public int SharedBytes => Math.Max(Stages * WarpsAlongK * Rows * TileChoice.StepBytes, WarpsAlongK > 1 ? 4096 * sizeof(float) : 0);

    /// <summary>Registers of a thread, about: sums, the weights of the steps to come, addresses and one step's rows.</summary>
    public int Registers => (WarpsAlongK * Rows * Outputs / 128) + ((Stages - 1) * 16) + 48;

    public override string ToString() => $"{Rows}x{Outputs}x{Stages}{(Split > 1 ? $" split {Split}" : string.Empty)}";
}

/// <summary>
/// Chooses the tile of every product by a model of its time; the one place where tiles are chosen. It depends on the architecture
/// only, not on the card, so that kernels compiled ahead of time fit every card of it; cards differ by what is measured on them.
/// </summary>
internal sealed partial class TileChoice(int sm, TileTable? measured = null, int rank = 0)
{
    /// <summary>Values of k that a step multiplies.</summary>
    public const int StepDepth = 32;

    /// <summary>Bytes of one row or column of a step in shared memory.</summary>
    public const int StepBytes = 2 * StepDepth;

    // The model's constants, in clocks of an SM (docs/performance.md 2): 1024 multiply-adds and 22 bytes from L2 a clock; a load
    // takes 600 from L2; a block costs 800 to start and finish; partial sums are written, counted and read back in 1500.
    private const int MultiplyAddsPerClock = 1024;
    private const int BytesPerClock = 22;
    private const int LoadClocks = 600;
    private const int BlockClocks = 800;
    private const int ReduceClocks = 1500;

    // Warps along k hand their sums over through shared memory.
    private const int ExchangeClocks = 150;
    private const int LeastStepsOfSplit = 4;

    // A launch more costs 1.3 us; a tap of 8 channels 22 instructions, and 40 for what comes before and after them.
    private const int HopClocks = 2400;
    private const int TapClocks = 22;
    private const int ChunkClocks = 40;

    // What every SM can hold at once.
    private const int ThreadsPerMultiprocessor = 1024;

    // An SM has 64 K of them, a block 128 threads.
    private const int RegistersForThreads = 512;

    // All 64 KB that sm_75 gives a block; more would cost the other SMs their second block.
    private const int MostSharedBytes = 64 << 10;

    private static readonly int[] s_sides = [128, 64, 32];
    private static readonly int[] s_single = [1];
    private static readonly int[] s_several = [2, 3];
    private static readonly int[] s_splits = [1, 2, 3, 4, 6, 8, 12, 16];

    private readonly Dictionary<ProductShape, Tile> _chosen = [];

    /// <summary>SMs of a middling card of the architecture.</summary>
    private readonly int _multiprocessors = sm switch
    {
        < 80 => 48,
        < 86 => 108,
        86 => 48,
        87 => 16,
        < 90 => 46,
        < 120 => 132,
        _ => 50,
    };

    // Whole lines of large maps lie in shared memory: all that every card from sm_80 on gives a block, but 1 KB of the system's.
    private readonly int _mostSeparableBytes = sm < 80 ? MostSharedBytes : 98 << 10;

    /// <summary>The same choice without measurements, with the tile that the model ranks there instead of its first; for tuning.</summary>
    public TileChoice WithRank(int rank) => new(sm, measured: null, rank);

    /// <summary>The tile of a product: the measured one, else the model's first.</summary>
    public Tile For(ProductShape product)
    {
        if (!_chosen.TryGetValue(product, out Tile tile))
        {
            tile = measured is not null && measured.TryGet(product, out Tile known) && Candidates(product).Contains(known)
                ? known
                : Best(product, rank + 1)[^1];
            _chosen.Add(product, tile);
        }

        return tile;
    }

    /// <summary>The tiles worth trying, best first by the model.</summary>
    public IReadOnlyList<Tile> Best(ProductShape product, int count) =>
        [.. Candidates(product).OrderBy(candidate => Clocks(product, candidate)).Take(count)];

    /// <summary>
    /// How a product of very few rows is shared out: threads for one output, and outputs that these compute together. A thread for each
    /// 8 weights while a card can hold them all; then longer sums; then several outputs, which share what they read of the rows.
    /// </summary>
    public (int Lanes, int Outputs) ForRows(int outputs, int chunks)
    {
        int lanes = (int)Math.Min(128, BitOperations.RoundUpToPowerOf2((uint)chunks)), together = 1;
        while (together < 4 && (long)outputs * lanes / together > (long)_multiprocessors * ThreadsPerMultiprocessor)
        {
            (lanes, together) = lanes > 32 ? (lanes / 2, 1) : (lanes, together * 2);
        }

        return (lanes, together);
    }

    /// <summary>
    /// The tile of a product whose rows a depth-wise convolution of <paramref name="taps"/> taps computes on the way; null where two
    /// launches are faster, or the pixels that a tile reads (<paramref name="patchPixels"/>, by its rows) do not fit.
    /// </summary>
    /// <param name="product">The product, its k running over the channels.</param>
    /// <param name="taps">Of the depth-wise convolution.</param>
    /// <param name="elementBytes">Of its input.</param>
    /// <param name="isPair">Whether its values are multiplied as two halves each.</param>
    /// <param name="patchPixels">Pixels that a tile reads, by its rows.</param>
    public Tile? ForSeparable(ProductShape product, int taps, int elementBytes, bool isPair, Func<int, int> patchPixels)
    {
        Tile? best = null;
        ProductShape alone = product with { Chunks = isPair ? 2 * product.Chunks : product.Chunks };
        int steps = Steps(product), chunkClocks = ChunkClocks + (taps * TapClocks), threads = _multiprocessors * 128;
        long least = Clocks(alone, Best(alone, 1)[0]) + HopClocks + BlockClocks + LoadClocks
            + ((((long)product.Rows * product.Chunks) + threads - 1) / threads * chunkClocks);
        foreach (int rows in s_sides.Where(rows => rows == s_sides[^1] || rows / 2 < product.Rows))
        {
            int patch = patchPixels(rows) * elementBytes * StepDepth;
            foreach (Tile tile in
                from outputs in s_sides
                where outputs == s_sides[^1] || outputs / 2 < product.Outputs
                from split in s_splits
                where split == 1 || split * 2 <= steps
                from stages in steps <= split ? s_single : s_several
                select new Tile(rows, outputs, stages, split))
            {
                long clocks = SeparableClocks(product, tile, patch, chunkClocks, taps, isPair);
                if (SeparableBytes(tile, taps, patch, isPair) <= _mostSeparableBytes && clocks < least)
                {
                    (best, least) = (tile, clocks);
                }
            }
        }

        return best;
    }

    /// <summary>Dynamic shared memory of a block of kernels/separable.cu.</summary>
    public static int SeparableBytes(Tile tile, int taps, int patchBytes, bool isPair) =>
        (tile.Stages * SeparableStageBytes(taps, patchBytes)) + (tile.Rows * StepBytes * (isPair ? 2 : 1));

    private static int SeparableStageBytes(int taps, int patchBytes) =>
        patchBytes + ((taps + 1) * StepDepth * sizeof(float));

    private long SeparableClocks(ProductShape product, Tile tile, int patchBytes, int chunkClocks, int taps, bool isPair)
    {
        int blocks = Ceiling(product.Rows, tile.Rows) * Ceiling(product.Outputs, tile.Outputs) * tile.Split;
        int perMultiprocessor = Ceiling(blocks, _multiprocessors), steps = Ceiling(Steps(product), tile.Split);
        int compute = (tile.Rows / 32 * chunkClocks) + ((isPair ? 2 : 1) * tile.Rows * tile.Outputs * StepDepth / MultiplyAddsPerClock);
        int load = (SeparableStageBytes(taps, patchBytes) + (tile.Outputs * StepBytes)) / BytesPerClock;
        int waves = Ceiling(perMultiprocessor, Math.Max(1, _mostSeparableBytes / SeparableBytes(tile, taps, patchBytes, isPair)));
        long waiting = (long)waves * steps * Math.Max(compute, LoadClocks / Math.Max(1, tile.Stages - 1));
        return Math.Max((long)perMultiprocessor * steps * Math.Max(compute, load), waiting) + (waves * BlockClocks) + ReduceTime(tile);
    }

    private static IEnumerable<Tile> Candidates(ProductShape product)
    {
        int steps = Steps(product);
        return
            from rows in s_sides
            where rows == s_sides[^1] || rows / 2 < product.Rows
            from outputs in s_sides
            where outputs == s_sides[^1] || outputs / 2 < product.Outputs
            from stages in new[] { 3, 4 }
            from split in s_splits
            let tile = new Tile(rows, outputs, stages, split)
            where tile.SharedBytes <= MostSharedBytes && (split == 1 || steps >= split * LeastStepsOfSplit)
            select tile;
    }

    /// <summary>The model: the SM with most blocks, each bound by arithmetic, by bytes or by waiting for loads.</summary>
    private long Clocks(ProductShape product, Tile tile, int mostBytesPerClock = BytesPerClock)
    {
        int blocks = Ceiling(product.Rows, tile.Rows) * Ceiling(product.Outputs, tile.Outputs) * product.Phases * tile.Split;
        int perMultiprocessor = Ceiling(blocks, _multiprocessors), rounds = Ceiling(Steps(product), tile.Split * tile.WarpsAlongK);
        int multiply = tile.WarpsAlongK * tile.Rows * tile.Outputs * StepDepth / MultiplyAddsPerClock;
        int load = tile.WarpsAlongK * (tile.Rows + tile.Outputs) * StepBytes / BytesPerClockOf(blocks, mostBytesPerClock);
        int resident = Math.Min(MostSharedBytes / tile.SharedBytes, RegistersForThreads / tile.Registers);
        int waves = Ceiling(perMultiprocessor, resident);
        long busy = (long)perMultiprocessor * rounds * Math.Max(multiply, load);
        long waiting = (long)waves * rounds * (LoadClocks / (tile.Stages - 1));
        return Math.Max(busy, waiting) + (waves * (BlockClocks + (tile.WarpsAlongK > 1 ? ExchangeClocks : 0))) + ReduceTime(tile);
    }

    // What an SM gets from L2 in a clock: its share, or more where few others ask.
    private int BytesPerClockOf(int blocks, int most) => Math.Min(most, BytesPerClock * _multiprocessors / Math.Min(blocks, _multiprocessors));

    private static long ReduceTime(Tile tile) =>
        tile.Split == 1 ? 0 : ReduceClocks + ((long)tile.Split * tile.Rows * tile.Outputs * sizeof(float) / BytesPerClock);

    private static int Steps(ProductShape product) => Ceiling(product.Chunks * 8, StepDepth);

    private static int Ceiling(int value, int step) => (value + step - 1) / step;
}
