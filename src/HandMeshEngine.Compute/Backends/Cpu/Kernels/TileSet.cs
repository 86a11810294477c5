using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The register tiles of one number of pixels and every number of vectors up to that of a shape.</summary>
internal sealed unsafe class TileSet<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly delegate*<TileCall*, void>[] _plain;
    private readonly delegate*<TileCall*, void>[] _prefetching;

    public TileSet(TileShape shape)
    {
        _plain = new delegate*<TileCall*, void>[shape.Vectors + 1];
        _prefetching = new delegate*<TileCall*, void>[shape.Vectors + 1];
        for (int vectors = 1; vectors <= shape.Vectors; vectors++)
        {
            _plain[vectors] = RegisterTiles<TSimd, TVector>.Find(shape.Pixels, vectors, prefetches: false);
            _prefetching[vectors] = RegisterTiles<TSimd, TVector>.Find(shape.Pixels, vectors, prefetches: true);
        }
    }

    /// <summary>Computes tiles of this many vectors.</summary>
    public void Run(int vectors, TileCall* call) => _plain[vectors](call);

    /// <summary>The same, asking for later weights.</summary>
    public void RunPrefetching(int vectors, TileCall* call) => _prefetching[vectors](call);
}
