namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Which products are computed one after the other by the same blocks (kernels/chain.cu), and where these keep what they hand on. A
/// block reads all weights, so it pays where a map has enough rows for the blocks of a card, and few enough channels.
/// </summary>
internal sealed class ConvChainTiles(TileModel model)
{
    // Steps of k in shared memory or on their way to registers at once.
    private const int Stages = 4;

    // What an SM gets from L2 in a clock where few others ask.
    private const int MostBytesPerClock = 48;

    // The model is no more accurate than that: smaller savings are ignored.
    private const int LeastPartSaved = 10;

    // A pass of a link stores its sums and waits for the residual that it adds to them.
    private const int LinkClocks = 600;

    private static readonly int[] _rows = [64, 32];

    /// <summary>
    /// How many of some products, each made of the rows of the one before, to compute in one launch, and the rows of its blocks; null where
    /// a launch for each is faster.
    /// </summary>
    public (int Links, int Rows)? Best(IReadOnlyList<ProductShape> products)
    {
        (int, int)? best = null;
        long most = 0, alone = ClocksAlone(products[0]);
        for (int links = 2; links <= products.Count; links++)
        {
            alone += TileModel.HopClocks + ClocksAlone(products[links - 1]);
            foreach (int rows in _rows)
            {
                ProductShape[] chain = [.. products.Take(links)];
                long gain = alone - Clocks(chain, rows);
                if (SharedBytes(chain, rows) <= model.MostBlockBytes && gain > most && gain * LeastPartSaved > alone)
                {
                    (best, most) = ((links, rows), gain);
                }
            }
        }

        return best;
    }

    /// <summary>The tile of a link, of which it makes as many side by side as it has outputs for.</summary>
    public static Tile LinkTile(int outputs, int rows) =>
        new(rows, TileModel.Sides.LastOrDefault(side => side >= outputs, TileModel.Sides[0]), Stages);

    /// <summary>Bytes that a link keeps for the next one.</summary>
    public static int KeptBytes(int outputs, int rows) =>
        Layout.Ceiling(outputs, LinkTile(outputs, rows).Outputs) * LinkTile(outputs, rows).Outputs * rows * 2;

    /// <summary>
    /// Where in shared memory each link but the last keeps its result: in turn behind and in the room where the first one's rows arrive, so
    /// that none lies on what is still read. The last number is the size of both.
    /// </summary>
    public static int[] KeptAt(IReadOnlyList<int> outputs, int rows)
    {
        int Size(int turn) => outputs.SkipLast(1).Select((own, i) => i % 2 == turn ? KeptBytes(own, rows) : 0).Max();
        int front = Math.Max(LinkTile(outputs[0], rows).SharedBytes, Size(1));
        return [.. outputs.SkipLast(1).Select((_, i) => i % 2 == 0 ? front : 0), front + Size(0)];
    }

    private static int SharedBytes(ProductShape[] chain, int rows) => KeptAt([.. chain.Select(link => link.Outputs)], rows)[^1];

    private long ClocksAlone(ProductShape product) => model.Clocks(product, model.Best(product, 1)[0], MostBytesPerClock);

    private long Clocks(ProductShape[] chain, int rows)
    {
        int blocks = Layout.Ceiling(chain[0].Rows, rows), perMultiprocessor = Layout.Ceiling(blocks, model.Multiprocessors);
        int bytesPerClock = model.BytesPerClockOf(blocks, MostBytesPerClock);
        long busy = 0, waiting = 0;
        for (int i = 0; i < chain.Length; i++)
        {
            Tile tile = LinkTile(chain[i].Outputs, rows);
            int warps = i == 0 ? tile.WarpsAlongK : 1, passes = Layout.Ceiling(chain[i].Outputs, tile.Outputs);
            int rounds = passes * Layout.Ceiling(chain[i].Steps, warps);
            int multiply = warps * rows * tile.Outputs * Tile.StepDepth / TileModel.MultiplyAddsPerClock;
            int load = warps * ((i == 0 ? rows : 0) + tile.Outputs) * Tile.StepBytes / bytesPerClock;
            long each = Math.Max(multiply, load);
            busy += rounds * each;
            waiting += (rounds * Math.Max(each, TileModel.LoadClocks / (Stages - 1))) + (passes * LinkClocks);
        }

        int resident = Math.Max(1, Math.Min(model.MostBlockBytes / SharedBytes(chain, rows), 2));
        return Math.Max(perMultiprocessor * busy, Layout.Ceiling(perMultiprocessor, resident) * waiting) + TileModel.BlockClocks;
    }
}
