namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// How long a product takes with a tile, in clocks of an SM: 1024 multiply-adds and 22 bytes from L2 a clock; a load from L2 takes
/// 600; a block costs 800 to start and finish. It depends on the architecture only, not on the card, so that kernels compiled ahead of
/// time fit every card of it. See docs/performance.md 2.
/// </summary>
internal sealed class TileModel(int sm)
{
    /// <summary>Multiply-adds of an SM's tensor cores in a clock.</summary>
    public const int MultiplyAddsPerClock = 1024;

    /// <summary>Bytes that an SM gets from L2 in a clock while all ask.</summary>
    public const int BytesPerClock = 22;

    /// <summary>From the request of a load to its data.</summary>
    public const int LoadClocks = 600;

    /// <summary>The start and the end of a block.</summary>
    public const int BlockClocks = 800;

    /// <summary>One launch more: 1.3 us.</summary>
    public const int HopClocks = 2400;

    /// <summary>Threads that an SM can hold at once.</summary>
    public const int ThreadsPerMultiprocessor = 1024;

    /// <summary>Sides that tiles may have, largest first.</summary>
    public static readonly int[] Sides = [128, 64, 32];

    /// <summary>Blocks that may share a tile.</summary>
    public static readonly int[] Splits = [1, 2, 3, 4, 6, 8, 12, 16];

    // Partial sums are written, counted and read back; warps along k hand theirs over through shared memory.
    private const int ReduceClocks = 1500;
    private const int ExchangeClocks = 150;
    private const int LeastStepsOfSplit = 4;

    // An SM has 64 K of them, a block 128 threads.
    private const int RegistersForThreads = 512;

    // All 64 KB that sm_75 gives a block; more would cost the other SMs their second block.
    private const int MostSharedBytes = 64 << 10;

    /// <summary>SMs of a middling card of the architecture.</summary>
    public int Multiprocessors { get; } = sm switch
    {
        < 80 => 48,
        < 86 => 108,
        86 => 48,
        87 => 16,
        < 90 => 46,
        < 120 => 132,
        _ => 50,
    };

    /// <summary>
    /// Shared memory for blocks that keep whole rows of maps in it: all that every card from sm_80 on gives a block, but 1 KB of the
    /// system's.
    /// </summary>
    public int MostBlockBytes { get; } = sm < 80 ? MostSharedBytes : 98 << 10;

    /// <summary>The tiles worth trying, best first.</summary>
    public IReadOnlyList<Tile> Best(ProductShape product, int count) =>
        [.. Candidates(product).OrderBy(candidate => Clocks(product, candidate)).Take(count)];

    /// <summary>The tiles that fit a product.</summary>
    public static IEnumerable<Tile> Candidates(ProductShape product) =>
        from rows in Sides
        where Fits(rows, product.Rows)
        from outputs in Sides
        where Fits(outputs, product.Outputs)
        from stages in new[] { 3, 4 }
        from split in Splits
        let tile = new Tile(rows, outputs, stages, split)
        where tile.SharedBytes <= MostSharedBytes && (split == 1 || product.Steps >= split * LeastStepsOfSplit)
        select tile;

    /// <summary>Whether a side would not be empty by half.</summary>
    public static bool Fits(int side, int extent) => side == Sides[^1] || side / 2 < extent;

    /// <summary>The clocks of the SM with most blocks, each bound by arithmetic, by bytes or by waiting for loads.</summary>
    public long Clocks(ProductShape product, Tile tile, int mostBytesPerClock = BytesPerClock)
    {
        int blocks = Layout.Ceiling(product.Rows, tile.Rows) * Layout.Ceiling(product.Outputs, tile.Outputs) * product.Phases * tile.Split;
        int perMultiprocessor = Layout.Ceiling(blocks, Multiprocessors), rounds = Layout.Ceiling(product.Steps, tile.Split * tile.WarpsAlongK);
        int multiply = tile.WarpsAlongK * tile.Rows * tile.Outputs * Tile.StepDepth / MultiplyAddsPerClock;
        int load = tile.WarpsAlongK * (tile.Rows + tile.Outputs) * Tile.StepBytes / BytesPerClockOf(blocks, mostBytesPerClock);
        int resident = Math.Min(MostSharedBytes / tile.SharedBytes, RegistersForThreads / tile.Registers);
        int waves = Layout.Ceiling(perMultiprocessor, resident);
        long busy = (long)perMultiprocessor * rounds * Math.Max(multiply, load);
        long waiting = (long)waves * rounds * (LoadClocks / (tile.Stages - 1));
        return Math.Max(busy, waiting) + (waves * (BlockClocks + (tile.WarpsAlongK > 1 ? ExchangeClocks : 0))) + ReduceTime(tile);
    }

    /// <summary>What an SM gets from L2 in a clock: its share, or more where few others ask.</summary>
    public int BytesPerClockOf(int blocks, int most) => Math.Min(most, BytesPerClock * Multiprocessors / Math.Min(blocks, Multiprocessors));

    /// <summary>Clocks that blocks with a part of k each take to add up their sums.</summary>
    public static long ReduceTime(Tile tile) =>
        tile.Split == 1 ? 0 : ReduceClocks + ((long)tile.Split * tile.Rows * tile.Outputs * sizeof(float) / BytesPerClock);
}
