using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>Two source indices and their 11-bit weights.</summary>
internal readonly record struct ResizeTaps(int First, int Second, int FirstWeight, int SecondWeight);

/// <summary>
/// One axis of OpenCV's 8-bit resize of a crop to Target pixels: Extent source pixels from Start on, Step (1, or -1 for a mirrored
/// crop) apart.
/// </summary>
internal readonly record struct CropAxis(int Start, int Extent, int Step, int Target)
{
    /// <summary>The crop behind source = ratio target + offset, positions of pixel centres.</summary>
    public static CropAxis Of(double ratio, double offset, int target)
    {
        int step = Math.Sign(ratio);
        return new((int)Math.Round(offset - (0.5 * ratio) + (0.5 * step)), (int)Math.Round(Math.Abs(ratio) * target), step, target);
    }

    /// <summary>Taps of a column: at the ends of the crop one pixel takes all the weight.</summary>
    public ResizeTaps Horizontal(int target)
    {
        (int index, float fraction) = Position(target);
        if (index < 0)
        {
            (index, fraction) = (0, 0);
        }
        else if (index >= Extent - 1)
        {
            (index, fraction) = (Extent - 1, 0);
        }

        return Taps(index, Math.Min(index + 1, Extent - 1), fraction);
    }

    /// <summary>Taps of a row: indices are clamped, weights stay.</summary>
    public ResizeTaps Vertical(int target)
    {
        (int index, float fraction) = Position(target);
        return Taps(Math.Clamp(index, 0, Extent - 1), Math.Clamp(index + 1, 0, Extent - 1), fraction);
    }

    private ResizeTaps Taps(int first, int second, float fraction) => new(
        Start + (Step * first), Start + (Step * second), (int)MathF.Round((1 - fraction) * 2048), (int)MathF.Round(fraction * 2048));

    private (int Index, float Fraction) Position(int target)
    {
        float position = (float)(((target + 0.5) * ((double)Extent / Target)) - 0.5);
        int index = (int)MathF.Floor(position);
        return (index, position - index);
    }
}
