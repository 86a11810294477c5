namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>Packs weights as register tiles read them: panels of a few vectors of output channels, one step of k after the other.</summary>
internal static unsafe class WeightPacking
{
    /// <summary>The panels of one group of output channels for the taps of one part.</summary>
    /// <param name="constants">Takes the packed weights.</param>
    /// <param name="values">The weight; may be empty if the memory is filled.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="part">The taps.</param>
    /// <param name="group">Which group.</param>
    /// <param name="channels">Output channels of a group.</param>
    /// <param name="depth">Input channels of a group.</param>
    /// <param name="shape">The register tile.</param>
    /// <param name="bias">The group's bias, padded to whole vectors.</param>
    /// <param name="slope">Its slopes below zero, padded likewise; null: none.</param>
    /// <param name="pairs">Pairs of bf16 in the place of each float.</param>
    public static Panel[] Panels<TSimd, TVector>(
        ConstantStore constants,
        ReadOnlySpan<float> values,
        WeightStrides strides,
        Taps part,
        int group,
        int channels,
        int depth,
        TileShape shape,
        float* bias,
        float* slope,
        bool pairs = false)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int vectors = (channels + TSimd.Width - 1) / TSimd.Width;
        int taps = Math.Max(1, part.Items.Length);
        var panels = new Panel[(vectors + shape.Vectors - 1) / shape.Vectors];
        for (int i = 0; i < panels.Length; i++)
        {
            int first = i * shape.Vectors * TSimd.Width;
            int panelVectors = Math.Min(shape.Vectors, vectors - (i * shape.Vectors));
            int width = panelVectors * TSimd.Width;
            int real = Math.Min(width, channels - first);
            float* packed = constants.Floats((long)taps * (pairs ? (depth + 1) / 2 : depth) * width);
            if (pairs && !constants.IsFilled)
            {
                PairPacking.Fill(values, strides, part.Items, (group * channels) + first, real, width, depth, (ushort*)packed);
            }

            float* to = packed;
            foreach (Tap tap in constants.IsFilled || pairs ? [] : part.Items)
            {
                for (int k = 0; k < depth; k++, to += width)
                {
                    int from = (((group * channels) + first) * strides.Output) + (k * strides.Input) + (tap.Weight * strides.Tap);
                    for (int lane = 0; lane < real; lane++, from += strides.Output)
                    {
                        to[lane] = values[from];
                    }
                }
            }

            panels[i] = new Panel(
                (group * channels) + first, real, panelVectors, (nint)packed, (nint)(bias + first), slope == null ? 0 : (nint)(slope + first));
        }

        return panels;
    }
}
