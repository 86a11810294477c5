namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>
/// One task of a product: some tiles of pixels by some panels of channels. Each chunk of pixels is multiplied by one panel after the
/// other before the next chunk begins.
/// </summary>
/// <param name="Product">Which product of the step.</param>
/// <param name="FirstPanel">First panel.</param>
/// <param name="LastPanel">The panel after the last.</param>
/// <param name="FirstTile">First tile of pixels.</param>
/// <param name="LastTile">The tile after the last.</param>
/// <param name="ChunkTiles">Tiles of a chunk.</param>
/// <param name="Prefetches">True if the weights of the next panel are prefetched.</param>
internal readonly record struct ProductCut(
    int Product, int FirstPanel, int LastPanel, int FirstTile, int LastTile, int ChunkTiles, bool Prefetches)
{
    // Shares of the caches that weights, or the inputs of a chunk, may take: the rest is for the other operands.
    private const long FirstLevelBytes = 16 * 1024, SecondLevelBytes = 384 * 1024;

    private const long PrefetchBytes = 48 * 1024;

    // About 2 us: less is not worth handing to another thread.
    private const long SmallestWork = 256 * 1024;

    /// <summary>Cuts all products of a step for a number of threads.</summary>
    public static ProductCut[] Of(Product[] products, TileShape shape, int panelWidth, int threads)
    {
        var cuts = new List<ProductCut>();
        for (int p = 0; p < products.Length; p++)
        {
            Product product = products[p];
            int tiles = (product.Pixels + shape.Pixels - 1) / shape.Pixels;
            int panels = product.Panels.Length;
            long panelBytes = (long)product.Depth * panelWidth * sizeof(float);
            long work = (long)product.Pixels * product.Depth * panels * panelWidth;
            int wanted = threads == 1 ? 1 : (int)Math.Clamp(work / SmallestWork, 1, Math.Max(1, threads * 4 / products.Length));

            // Cut the panels where the weights are large, so that one thread reads each of them; else cut the pixels.
            int panelCuts = panelBytes * panels > SecondLevelBytes || tiles < wanted ? Math.Min(wanted, panels) : 1;
            int tileCuts = Math.Min(tiles, (wanted + panelCuts - 1) / panelCuts);
            for (int j = 0; j < panelCuts; j++)
            {
                (int firstPanel, int lastPanel) = TaskSplit.Range(panels, panelCuts, j);
                for (int i = 0; i < tileCuts; i++)
                {
                    (int firstTile, int lastTile) = TaskSplit.Range(tiles, tileCuts, i);
                    long weightBytes = panelBytes * (lastPanel - firstPanel);
                    long inputBytes = (long)product.Depth * shape.Pixels * sizeof(float);
                    int chunk = weightBytes > SecondLevelBytes || lastPanel - firstPanel == 1
                        ? lastTile - firstTile
                        : (int)Math.Max(1, (weightBytes > FirstLevelBytes ? SecondLevelBytes : FirstLevelBytes) / 4 / inputBytes);
                    cuts.Add(new ProductCut(
                        p, firstPanel, lastPanel, firstTile, lastTile, Math.Min(chunk, lastTile - firstTile), panelBytes * panels > PrefetchBytes));
                }
            }
        }

        return [.. cuts];
    }
}
