namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>The two source indices and the weight of the second, for each target index of one axis.</summary>
internal sealed record ResizeAxis(int[] First, int[] Second, float[] Fraction)
{
    /// <summary>The indices and weights of a mode.</summary>
    public static ResizeAxis Of(ResizeMode mode, int from, int to)
    {
        var axis = new ResizeAxis(new int[to], new int[to], new float[to]);
        for (int i = 0; i < to; i++)
        {
            double source = mode switch
            {
                ResizeMode.Nearest => (long)i * from / to,
                ResizeMode.BilinearAlignCorners => to > 1 ? (double)i * (from - 1) / (to - 1) : 0,
                _ => Math.Max(0, ((i + 0.5) * from / to) - 0.5),
            };
            axis.First[i] = Math.Min((int)source, from - 1);
            axis.Second[i] = mode == ResizeMode.Nearest ? axis.First[i] : Math.Min(axis.First[i] + 1, from - 1);
            axis.Fraction[i] = (float)(source - axis.First[i]);
        }

        return axis;
    }
}
