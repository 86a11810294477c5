namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>A register tile: pixels by vectors of channels.</summary>
/// <param name="Pixels">Pixels.</param>
/// <param name="Vectors">Vectors.</param>
/// <param name="Pairs">True if the channels in the last vector fill no more than half of it: it holds those of two pixels.</param>
internal readonly record struct TileShape(int Pixels, int Vectors, bool Pairs = false)
{
    // Two fused multiply-adds and two loads start each cycle; a multiply-add takes 4.
    private const double FmaPerCycle = 2, LoadsPerCycle = 2, FmaLatency = 4;

    // Larger panels are read from the second-level cache for every tile.
    private const int FirstLevelBytes = 24 * 1024;

    private const double SecondLevelBytesPerCycle = 24;

    // Registers for the inputs of a pair of pixels: each, and both joined.
    private const int PairInputs = 3;

    // Set-up and store of a tile, in cycles.
    private const double TileCost = 20;

    /// <summary>
    /// The tile that takes the fewest cycles for a product, by a model of one core; one that pairs pixels only if there are such tiles.
    /// </summary>
    public static TileShape Choose<TSimd, TVector>(int pixels, int channels, int depth, bool hasPairs = true)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int vectors = (channels + TSimd.Width - 1) / TSimd.Width;
        TileShape best = default;
        double least = double.MaxValue;
        bool leavesHalf = channels <= (vectors * TSimd.Width) - (TSimd.Width / 2);
        foreach (TileShape shape in RegisterTiles<TSimd, TVector>.Shapes)
        {
            int inputs = shape.Pairs ? PairInputs : 1;
            bool isApt = shape.Pairs ? hasPairs && leavesHalf && shape.Vectors == vectors : shape.Vectors <= vectors;
            if (!isApt || shape.Sums + shape.Vectors + inputs > TSimd.Registers)
            {
                continue;
            }

            int rest = vectors % shape.Vectors;
            double cycles = (pixels + shape.Pixels - 1) / shape.Pixels
                * ((vectors / shape.Vectors * shape.Cycles<TSimd, TVector>(depth))
                    + (rest == 0 ? 0 : (shape with { Vectors = rest }).Cycles<TSimd, TVector>(depth)));
            if (cycles <= least)
            {
                least = cycles;
                best = shape;
            }
        }

        return best;
    }

    /// <summary>For example <c>14x2</c>, or <c>16x1.5</c> with pairs.</summary>
    public override string ToString() => Pairs ? $"{Pixels}x{Vectors - 1}.5" : $"{Pixels}x{Vectors}";

    private int Sums => (Pixels * Vectors) - (Pairs ? Pixels / 2 : 0);

    private double Cycles<TSimd, TVector>(int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int bytes = Vectors * TSimd.Width * sizeof(float);
        double step = Math.Max(
            Math.Max(Sums / FmaPerCycle, (Pixels + Vectors) / LoadsPerCycle),
            Math.Max(FmaLatency, (long)depth * bytes > FirstLevelBytes ? bytes / SecondLevelBytesPerCycle : 0));
        return (depth * step) + TileCost + Sums;
    }
}
