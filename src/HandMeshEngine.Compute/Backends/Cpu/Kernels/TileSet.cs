namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The register tiles of a shape and, for the last panel, those of fewer vectors; a shape that pairs pixels has one panel.</summary>
internal sealed unsafe class TileSet<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int CacheLine = 64;

    private readonly int _pixels;
    private readonly delegate*<TileCall*, void>[] _plain;
    private readonly delegate*<TileCall*, void>[] _prefetching;

    public TileSet(TileShape shape)
    {
        _pixels = shape.Pixels;
        _plain = new delegate*<TileCall*, void>[shape.Vectors + 1];
        _prefetching = new delegate*<TileCall*, void>[shape.Vectors + 1];
        for (int vectors = shape.Pairs ? shape.Vectors : 1; vectors <= shape.Vectors; vectors++)
        {
            _plain[vectors] = RegisterTiles<TSimd, TVector>.Find(shape with { Vectors = vectors }, prefetches: false);
            _prefetching[vectors] = RegisterTiles<TSimd, TVector>.Find(shape with { Vectors = vectors }, prefetches: true);
        }
    }

    /// <summary>Computes the tiles of a call.</summary>
    public void Run(int vectors, TileCall* call) => _plain[vectors](call);

    /// <summary>
    /// Computes the tiles of a call, and prefetches the weights at <paramref name="next"/> if that is not 0. The first tiles share the work,
    /// each one line of every step's vectors, or two if tiles are few: a single tile would prefetch faster than memory delivers.
    /// </summary>
    public void Run(int vectors, TileCall* call, nint next)
    {
        if (next == 0)
        {
            _plain[vectors](call);
            return;
        }

        int tiles = call->Tiles;
        bool areMany = tiles >= vectors;
        call->Tiles = areMany ? vectors : Math.Min(tiles, (vectors + 1) / 2);
        call->Ahead = next - (nint)call->Weights;
        call->AheadSecond = vectors > 1 && !areMany ? CacheLine : 0;
        call->AheadStep = areMany ? CacheLine : 2 * CacheLine;
        _prefetching[vectors](call);
        int done = call->Tiles;
        if (done < tiles)
        {
            int pixels = done * _pixels;
            call->Tiles = tiles - done;
            call->InputRows += pixels;
            call->OutputRows += pixels;
            call->ResidualRows += pixels;
            _plain[vectors](call);
            call->InputRows -= pixels;
            call->OutputRows -= pixels;
            call->ResidualRows -= pixels;
        }

        call->Tiles = tiles;
    }
}
