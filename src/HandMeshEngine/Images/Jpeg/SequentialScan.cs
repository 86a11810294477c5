namespace HandMeshEngine.Images.Jpeg;

/// <summary>Decodes a scan of a baseline or extended sequential file straight to samples (T.81 F.2).</summary>
internal static class SequentialScan
{
    /// <summary>The run of zeros that needs no coefficient behind it.</summary>
    private const int LongestRun = 15;

    private const int Corrupt = -1;

    /// <summary>Decodes all units of the scan.</summary>
    public static void Decode(ref ScanReader reader, JpegFrame frame, JpegScan scan)
    {
        Span<short> block = stackalloc short[64];
        block.Clear();
        if (!scan.IsInterleaved)
        {
            JpegComponent only = scan.Components[0];
            for (int row = 0; row < only.BlockRows; row++)
            {
                for (int column = 0; column < only.BlockColumns; column++)
                {
                    reader.BeginUnit();
                    DecodeBlock(ref reader, only, block, row, column);
                }
            }

            return;
        }

        for (int row = 0; row < frame.UnitRows; row++)
        {
            for (int column = 0; column < frame.UnitColumns; column++)
            {
                reader.BeginUnit();
                foreach (JpegComponent component in scan.Components)
                {
                    DecodeUnit(ref reader, component, block, row, column);
                }
            }
        }
    }

    private static void DecodeUnit(ref ScanReader reader, JpegComponent component, scoped Span<short> block, int row, int column)
    {
        for (int v = 0; v < component.VerticalFactor; v++)
        {
            for (int h = 0; h < component.HorizontalFactor; h++)
            {
                DecodeBlock(
                    ref reader,
                    component,
                    block,
                    (row * component.VerticalFactor) + v,
                    (column * component.HorizontalFactor) + h);
            }
        }
    }

    private static void DecodeBlock(ref ScanReader reader, JpegComponent component, scoped Span<short> block, int row, int column)
    {
        int last = ReadBlock(ref reader.Bits, component, block);
        reader.CheckBlock(last != Corrupt);
        Span<byte> samples = component.Samples(row, column);
        if (last == 0)
        {
            InverseDct.Flat(block[0], component.Quantization[0], samples, component.Stride);
            block[0] = 0;
        }
        else
        {
            InverseDct.Block(block, component.Quantization, samples, component.Stride);
            block.Clear();
        }
    }

    /// <summary>Reads the coefficients of one block into zeros.</summary>
    /// <returns>The place of the last one in coding order, or <see cref="Corrupt"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ReadBlock(ref BitReader source, JpegComponent component, scoped Span<short> block)
    {
        BitReader bits = source; // a copy that the compiler can keep in registers
        bits.Ensure32();
        int size = bits.TakeSymbol(component.DcTable!);
        if (size < 0)
        {
            source = bits;
            return Corrupt;
        }

        int prediction = component.Prediction + (size == 0 ? 0 : bits.TakeSigned(size));
        component.Prediction = prediction;
        block[0] = (short)prediction;

        HuffmanTable table = component.AcTable!;
        int last = 0;
        int k = 1;
        while (k < 64)
        {
            bits.Ensure32();
            int run = bits.TakeRun(table, out int value);
            if (value == 0)
            {
                if (run == LongestRun)
                {
                    k += LongestRun + 1;
                    continue;
                }

                // Any other run without a coefficient ends the block, as in libjpeg.
                last = run < 0 ? Corrupt : last;
                break;
            }

            k += run;
            block[Zigzag.Order[k]] = (short)value;
            last = k;
            k++;
        }

        source = bits;
        return last < 64 ? last : Corrupt;
    }
}
