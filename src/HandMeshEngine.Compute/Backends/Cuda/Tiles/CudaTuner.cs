namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Measures the most promising tiles of every distinct product of a plan on the device itself. A session for each rank of the model's
/// order runs in turn with the others, with events around its kernels, so that clocks and other load fall on all of them alike.
/// </summary>
internal sealed class CudaTuner(Func<TileChoice, Session> open, TileChoice rule, int candidates, int rounds)
{
    private readonly List<(CudaSession Session, TileChoice Tiles)> _ranks = [];
    private readonly Dictionary<(ProductShape, Tile), List<double>> _samples = [];

    /// <summary>Measures, and puts the fastest tiles in <paramref name="table"/>.</summary>
    public TuningResult Run(TileTable table, string path, Action<TuningStep>? progress, CancellationToken cancellation)
    {
        int done = 0, total = candidates + rounds;
        try
        {
            for (int rank = 0; rank < candidates; rank++)
            {
                cancellation.ThrowIfCancellationRequested();
                TileChoice tiles = rule.WithRank(rank);
                _ranks.Add(((CudaSession)open(tiles), tiles));
                progress?.Invoke(new TuningStep(++done, total));
            }

            for (int round = 0; round < rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach ((CudaSession session, TileChoice tiles) in _ranks)
                {
                    Measure(session, tiles, keep: round > 0); // the first round warms up
                }

                progress?.Invoke(new TuningStep(++done, total));
            }

            return Choose(table, path);
        }
        finally
        {
            foreach ((CudaSession session, _) in _ranks)
            {
                session.Dispose();
            }
        }
    }

    private void Measure(CudaSession session, TileChoice tiles, bool keep)
    {
        const int size = 64;
        session.Profile!.Reset();
        byte[] pixels = new byte[size * size * 3];
        session.Run(session.Graph.Nodes.Any(node => node.Op is ImageInputOp)
            ? new ImageView(pixels, size, size, size * 3, PixelFormat.Rgb)
            : default);
        for (int step = 0; keep && step < session.Products.Count; step++)
        {
            if (session.Products[step] is { } product)
            {
                (ProductShape, Tile) key = (product, tiles.For(product));
                if (!_samples.TryGetValue(key, out List<double>? samples))
                {
                    _samples.Add(key, samples = []);
                }

                samples.Add(session.Profile.Microseconds(step));
            }
        }
    }

    private TuningResult Choose(TileTable table, string path)
    {
        int shapes = 0, changed = 0;
        double before = 0, after = 0;
        Dictionary<(ProductShape, Tile), double> medians = _samples.ToDictionary(
            pair => pair.Key, pair => pair.Value.Order().ElementAt(pair.Value.Count / 2));
        foreach (IGrouping<ProductShape, ProductShape?> uses in _ranks[0].Session.Products.Where(p => p is not null).GroupBy(p => p!.Value))
        {
            Tile own = rule.For(uses.Key);
            Tile best = rule.Model.Best(uses.Key, candidates).MinBy(tile => medians[(uses.Key, tile)]);
            table.Set(uses.Key, best);
            shapes++;
            changed += best == own ? 0 : 1;
            before += uses.Count() * medians[(uses.Key, own)];
            after += uses.Count() * medians[(uses.Key, best)];
        }

        table.Write(path);
        return new TuningResult(shapes, changed, before, after, path);
    }
}
