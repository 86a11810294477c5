using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>Which input rows an output row reads.</summary>
/// <param name="Stride">Input rows from one output row to the next.</param>
/// <param name="First">First input row of output row 0; negative above the map.</param>
/// <param name="Last">Last input row of output row 0.</param>
internal readonly record struct RowWindow(int Stride, int First, int Last)
{
    /// <summary>The window of a convolution's taps.</summary>
    public static RowWindow Of(Taps taps, int stride) => new(stride, taps.Items.Min(tap => tap.Dy), taps.Items.Max(tap => tap.Dy));

    /// <summary>The input rows that the output rows from <paramref name="first"/> to before <paramref name="end"/> read; may leave the map.</summary>
    public (int First, int End) Reads(int first, int end) => ((first * Stride) + First, ((end - 1) * Stride) + Last + 1);
}
