namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Measures the most promising tiles of every distinct product of a plan on the device itself. A session for each rank of the model's
/// order runs in turn with the others, so that clocks and other load fall on all of them alike; in each turn a product is launched several
/// times between two clocks of the device, in one graph. The sessions share their weights.
/// </summary>
internal sealed class CudaTuner(Func<TileChoice, Session> open, TileChoice rule, int candidates, int rounds)
{
    // Of a kernel of 2 us, a clock of half a microsecond sees one part in eighty.
    private const int Repeats = 20;

    private readonly List<(CudaSession Session, TimedGraph Products, TileChoice Tiles)> _ranks = [];
    private readonly Dictionary<(ProductShape, Tile), List<double>> _samples = [];

    /// <summary>Measures, and puts the tiles that won in <paramref name="table"/>.</summary>
    public TuningResult Run(TileTable table, string path, Action<TuningStep>? progress, CancellationToken cancellation)
    {
        int done = 0, total = candidates + rounds;
        try
        {
            for (int rank = 0; rank < candidates; rank++)
            {
                cancellation.ThrowIfCancellationRequested();
                Open(rule.WithRank(rank));
                progress?.Invoke(new TuningStep(++done, total));
            }

            for (int round = 0; round < rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach ((CudaSession session, TimedGraph products, TileChoice tiles) in _ranks)
                {
                    Measure(session, products, tiles, keep: round > 0); // the first round warms up
                }

                progress?.Invoke(new TuningStep(++done, total));
            }

            return Choose(table, path);
        }
        finally
        {
            foreach ((CudaSession session, TimedGraph products, _) in _ranks)
            {
                products.Dispose();
                session.Dispose();
            }
        }
    }

    // One run fills its memory, so that products are timed on numbers that a network has.
    private void Open(TileChoice tiles)
    {
        const int size = 64;
        var session = (CudaSession)open(tiles);
        try
        {
            byte[] pixels = new byte[size * size * 3];
            session.Run(session.Graph.Nodes.Any(node => node.Op is ImageInputOp)
                ? new ImageView(pixels, size, size, size * 3, PixelFormat.Rgb)
                : default);
            _ranks.Add((session, session.TimeProducts(Repeats), tiles));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Measure(CudaSession session, TimedGraph products, TileChoice tiles, bool keep)
    {
        session.RunAlone(products);
        int section = 0;
        foreach (ProductShape product in session.Products.OfType<ProductShape>())
        {
            double time = products.Microseconds(section++) / Repeats;
            if (keep)
            {
                (ProductShape, Tile) key = (product, tiles.For(product));
                if (!_samples.TryGetValue(key, out List<double>? samples))
                {
                    _samples.Add(key, samples = []);
                }

                samples.Add(time);
            }
        }
    }

    private TuningResult Choose(TileTable table, string path)
    {
        int shapes = 0, changed = 0;
        double before = 0, after = 0;
        foreach (IGrouping<ProductShape, ProductShape> uses in _ranks[0].Session.Products.OfType<ProductShape>().GroupBy(product => product))
        {
            Tile own = rule.For(uses.Key);
            Tile[] tiles = [own, .. rule.Model.Best(uses.Key, candidates).Where(tile => tile != own)];
            List<double>[] times = [.. tiles.Select(tile => _samples[(uses.Key, tile)])];
            int winner = TileContest.Winner(times);
            table.Set(uses.Key, tiles[winner]);
            shapes++;
            changed += winner == 0 ? 0 : 1;
            before += uses.Count() * TileContest.Median(times[0]);
            after += uses.Count() * TileContest.Median(times[winner]);
        }

        table.Write(path);
        return new TuningResult(shapes, changed, before, after, path);
    }
}
