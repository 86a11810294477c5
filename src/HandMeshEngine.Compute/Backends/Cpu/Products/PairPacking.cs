namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Packs weights as products in bf16 read them: as <see cref="WeightPacking"/>, with two input channels in the place of each float.</summary>
internal static unsafe class PairPacking
{
    /// <summary>Fills one panel.</summary>
    /// <param name="values">The weight.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="taps">The taps.</param>
    /// <param name="firstChannel">First output channel.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="width">Output channels with those that pad the last vector.</param>
    /// <param name="depth">Input channels.</param>
    /// <param name="to">The panel, filled with zeros.</param>
    public static void Fill(
        ReadOnlySpan<float> values, WeightStrides strides, Tap[] taps, int firstChannel, int channels, int width, int depth, ushort* to)
    {
        foreach (Tap tap in taps)
        {
            for (int k = 0; k < depth; k += 2, to += 2 * width)
            {
                int from = (firstChannel * strides.Output) + (k * strides.Input) + (tap.Weight * strides.Tap);
                for (int lane = 0; lane < channels; lane++, from += strides.Output)
                {
                    to[2 * lane] = BFloat16.Bits(values[from]);
                    to[(2 * lane) + 1] = k + 1 < depth ? BFloat16.Bits(values[from + strides.Input]) : default;
                }
            }
        }
    }
}
