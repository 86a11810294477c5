namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// The tiles of 1x1 convolutions whose rows a depth-wise convolution computes on the way (kernels/separable.cu), and whether that is
/// faster than two launches.
/// </summary>
internal sealed class DepthwisePointwiseTiles(TileModel model)
{
    // A tap of 8 channels costs 22 instructions, what comes before and after the taps 40.
    private const int TapClocks = 22;
    private const int ChunkClocks = 40;

    private static readonly int[] _oneStage = [1];
    private static readonly int[] _stages = [2, 3];

    /// <summary>The tile; null where two launches are faster, or the pixels that a tile reads do not fit.</summary>
    /// <param name="product">The product, its k running over the channels.</param>
    /// <param name="taps">Of the depth-wise convolution.</param>
    /// <param name="elementBytes">Of its input.</param>
    /// <param name="isSplit">Whether its values are multiplied as two halves each.</param>
    /// <param name="patchPixels">Pixels that a tile reads, by its rows.</param>
    public Tile? Best(ProductShape product, int taps, int elementBytes, bool isSplit, Func<int, int> patchPixels)
    {
        Tile? best = null;
        ProductShape alone = product with { Chunks = isSplit ? 2 * product.Chunks : product.Chunks };
        int chunkClocks = ChunkClocks + (taps * TapClocks), threads = model.Multiprocessors * 128;
        long least = model.Clocks(alone, model.Best(alone, 1)[0]) + TileModel.HopClocks + TileModel.BlockClocks + TileModel.LoadClocks
            + ((((long)product.Rows * product.Chunks) + threads - 1) / threads * chunkClocks);
        foreach (int rows in TileModel.Sides.Where(rows => TileModel.Fits(rows, product.Rows)))
        {
            int patch = patchPixels(rows) * elementBytes * Tile.StepDepth;
            foreach (Tile tile in Candidates(product, rows))
            {
                long clocks = Clocks(product, tile, patch, chunkClocks, taps, isSplit);
                if (SharedBytes(tile, taps, patch, isSplit) <= model.MostBlockBytes && clocks < least)
                {
                    (best, least) = (tile, clocks);
                }
            }
        }

        return best;
    }

    /// <summary>Dynamic shared memory of a block.</summary>
    public static int SharedBytes(Tile tile, int taps, int patchBytes, bool isSplit) =>
        (tile.Stages * StageBytes(taps, patchBytes)) + (tile.Rows * Tile.StepBytes * (isSplit ? 2 : 1));

    private static IEnumerable<Tile> Candidates(ProductShape product, int rows) =>
        from outputs in TileModel.Sides
        where TileModel.Fits(outputs, product.Outputs)
        from split in TileModel.Splits
        where split == 1 || split * 2 <= product.Steps
        from stages in product.Steps <= split ? _oneStage : _stages
        select new Tile(rows, outputs, stages, split);

    private static int StageBytes(int taps, int patchBytes) => patchBytes + ((taps + 1) * Tile.StepDepth * sizeof(float));

    private long Clocks(ProductShape product, Tile tile, int patchBytes, int chunkClocks, int taps, bool isSplit)
    {
        int blocks = Layout.Ceiling(product.Rows, tile.Rows) * Layout.Ceiling(product.Outputs, tile.Outputs) * tile.Split;
        int perMultiprocessor = Layout.Ceiling(blocks, model.Multiprocessors), steps = Layout.Ceiling(product.Steps, tile.Split);
        int multiply = (isSplit ? 2 : 1) * tile.Rows * tile.Outputs * Tile.StepDepth / TileModel.MultiplyAddsPerClock;
        int compute = (tile.Rows / 32 * chunkClocks) + multiply;
        int load = (StageBytes(taps, patchBytes) + (tile.Outputs * Tile.StepBytes)) / TileModel.BytesPerClock;
        int waves = Layout.Ceiling(perMultiprocessor, Math.Max(1, model.MostBlockBytes / SharedBytes(tile, taps, patchBytes, isSplit)));
        long waiting = (long)waves * steps * Math.Max(compute, TileModel.LoadClocks / Math.Max(1, tile.Stages - 1));
        return Math.Max((long)perMultiprocessor * steps * Math.Max(compute, load), waiting) + (waves * TileModel.BlockClocks) + TileModel.ReduceTime(tile);
    }
}
