namespace HandMeshEngine.Images.Jpeg;

/// <summary>Decodes a scan of a progressive file into the components' coefficients (T.81 G.1.2 and G.2).</summary>
internal static class ProgressiveScan
{
    /// <summary>The run of zeros that does not end the block.</summary>
    private const int LongestRun = 15;

    private const int Corrupt = -1;

    /// <summary>Decodes all units of the scan.</summary>
    public static void Decode(ref ScanReader reader, JpegFrame frame, JpegScan scan)
    {
        if (scan.IsInterleaved)
        {
            DecodeInterleaved(ref reader, frame, scan);
            return;
        }

        JpegComponent component = scan.Components[0];
        int endRun = 0; // blocks, this one included, whose rest of the band holds nothing new
        for (int row = 0; row < component.BlockRows; row++)
        {
            for (int column = 0; column < component.BlockColumns; column++)
            {
                if (reader.BeginUnit())
                {
                    endRun = 0;
                }

                if (scan.First == 0)
                {
                    DecodeDc(ref reader, component, scan, component.Block(row, column));
                    continue;
                }

                if (endRun > 0 && !scan.IsRefinement)
                {
                    endRun--;
                    continue;
                }

                Span<short> block = component.Block(row, column);
                endRun = scan.IsRefinement
                    ? RefineAc(ref reader.Bits, component.AcTable!, scan, block, endRun)
                    : ReadAc(ref reader.Bits, component.AcTable!, scan, block);
                reader.CheckBlock(endRun != Corrupt);
            }
        }
    }

    private static void DecodeInterleaved(ref ScanReader reader, JpegFrame frame, JpegScan scan)
    {
        for (int row = 0; row < frame.UnitRows; row++)
        {
            for (int column = 0; column < frame.UnitColumns; column++)
            {
                reader.BeginUnit();
                foreach (JpegComponent component in scan.Components)
                {
                    for (int v = 0; v < component.VerticalFactor; v++)
                    {
                        for (int h = 0; h < component.HorizontalFactor; h++)
                        {
                            Span<short> block = component.Block(
                                (row * component.VerticalFactor) + v, (column * component.HorizontalFactor) + h);
                            DecodeDc(ref reader, component, scan, block);
                        }
                    }
                }
            }
        }
    }

    private static void DecodeDc(ref ScanReader reader, JpegComponent component, JpegScan scan, Span<short> block)
    {
        ref BitReader bits = ref reader.Bits;
        bits.Ensure32();
        if (scan.IsRefinement)
        {
            block[0] |= (short)(bits.Take(1) << scan.Bit);
            reader.CheckBlock(true);
            return;
        }

        int size = bits.TakeSymbol(component.DcTable!);
        if (size > 0)
        {
            component.Prediction += bits.TakeSigned(size);
        }

        block[0] = (short)(component.Prediction << scan.Bit);
        reader.CheckBlock(size >= 0);
    }

    /// <summary>Reads the first bits of a block's band.</summary>
    /// <returns>How many blocks to come hold nothing new, or <see cref="Corrupt"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ReadAc(ref BitReader source, HuffmanTable table, JpegScan scan, Span<short> block)
    {
        BitReader bits = source; // a copy that the compiler can keep in registers
        int shift = scan.Bit;
        int last = scan.Last;
        int endRun = 0;
        int k = scan.First;
        while (k <= last)
        {
            bits.Ensure32();
            int run = bits.TakeRun(table, out int value);
            if (value == 0 && run == LongestRun)
            {
                k += LongestRun + 1;
                continue;
            }

            if (value == 0)
            {
                endRun = run < 0 ? Corrupt : TakeEndRun(ref bits, run) - 1;
                break;
            }

            k += run;
            if (k > last)
            {
                endRun = Corrupt;
                break;
            }

            block[Zigzag.Order[k]] = (short)(value << shift);
            k++;
        }

        source = bits;
        return endRun;
    }

    /// <summary>Adds one bit to the coefficients of a block's band that are not zero, and brings new ones of that size.</summary>
    /// <returns>How many blocks to come hold nothing new, or <see cref="Corrupt"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RefineAc(ref BitReader source, HuffmanTable table, JpegScan scan, Span<short> block, int endRun)
    {
        BitReader bits = source;
        int bit = 1 << scan.Bit;
        int last = scan.Last;
        int k = scan.First;
        while (k <= last)
        {
            // In a run of ended blocks all old coefficients get their bit and nothing new comes.
            int run = int.MaxValue;
            int value = 0;
            if (endRun == 0)
            {
                bits.Ensure32();
                int symbol = bits.TakeSymbol(table);
                if (symbol < 0 || (symbol & 15) > 1)
                {
                    source = bits;
                    return Corrupt;
                }

                run = symbol >> 4;
                if ((symbol & 15) == 1)
                {
                    value = bits.Take(1) == 0 ? -bit : bit;
                }
                else if (run < LongestRun)
                {
                    endRun = TakeEndRun(ref bits, run);
                    run = int.MaxValue;
                }
            }

            k = RefineRun(ref bits, block, k, last, run, bit);
            if (value != 0)
            {
                if (k > last)
                {
                    source = bits;
                    return Corrupt;
                }

                block[Zigzag.Order[k]] = (short)value;
            }

            k++;
        }

        source = bits;
        return Math.Max(endRun - 1, 0);
    }

    /// <summary>Passes over a run of zeros and adds one bit to each coefficient met on the way.</summary>
    /// <returns>The place of the zero behind the run, or the one behind the band.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RefineRun(ref BitReader bits, Span<short> block, int k, int last, int run, int bit)
    {
        for (; k <= last; k++)
        {
            ref short coefficient = ref block[Zigzag.Order[k]];
            if (coefficient == 0)
            {
                if (run-- == 0)
                {
                    break;
                }

                continue;
            }

            bits.Ensure32();
            if (bits.Take(1) != 0 && (coefficient & bit) == 0)
            {
                coefficient += (short)(coefficient >= 0 ? bit : -bit);
            }
        }

        return k;
    }

    /// <summary>Takes the length of a run of ended blocks, this one included: 2^n plus n further bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeEndRun(ref BitReader bits, int size) => (1 << size) + (size == 0 ? 0 : bits.Take(size));
}
