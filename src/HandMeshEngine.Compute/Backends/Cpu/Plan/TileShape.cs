using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>A register tile: pixels by vectors of channels.</summary>
internal readonly record struct TileShape(int Pixels, int Vectors)
{
    // Two fused multiply-adds of 4 cycles each are under way at once, and two loads a cycle.
    private const double FmaPerCycle = 2, LoadsPerCycle = 2, FmaLatency = 4;

    // Panels beyond this are read from the second-level cache for every tile, at about 24 bytes a cycle.
    private const int FirstLevelBytes = 24 * 1024;

    private const double SecondLevelBytesPerCycle = 24;

    // Set-up and store of a tile, in cycles.
    private const double TileCost = 20;

    /// <summary>The tile that takes the fewest cycles for a product, by a model of one core.</summary>
    public static TileShape Choose<TSimd, TVector>(int pixels, int channels, int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int vectors = (channels + TSimd.Width - 1) / TSimd.Width;
        TileShape best = default;
        double least = double.MaxValue;
        foreach ((int tilePixels, int tileVectors) in RegisterTiles<TSimd, TVector>.Shapes)
        {
            if ((tilePixels * tileVectors) + tileVectors + 1 > TSimd.Registers || tileVectors > vectors)
            {
                continue;
            }

            double cycles = (pixels + tilePixels - 1) / tilePixels
                * ((vectors / tileVectors * Cycles<TSimd, TVector>(tilePixels, tileVectors, depth))
                    + (vectors % tileVectors == 0 ? 0 : Cycles<TSimd, TVector>(tilePixels, vectors % tileVectors, depth)));
            if (cycles <= least)
            {
                least = cycles;
                best = new TileShape(tilePixels, tileVectors);
            }
        }

        return best;
    }

    /// <summary>For example <c>14x2</c>.</summary>
    public override string ToString() => $"{Pixels}x{Vectors}";

    private static double Cycles<TSimd, TVector>(int pixels, int vectors, int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int bytes = vectors * TSimd.Width * sizeof(float);
        double step = Math.Max(
            Math.Max(pixels * vectors / FmaPerCycle, (pixels + vectors) / LoadsPerCycle),
            Math.Max(FmaLatency, (long)depth * bytes > FirstLevelBytes ? bytes / SecondLevelBytesPerCycle : 0));
        return (depth * step) + TileCost + (pixels * vectors);
    }
}
