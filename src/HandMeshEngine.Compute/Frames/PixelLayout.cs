namespace HandMeshEngine.Compute;

/// <summary>What the samples of a format are.</summary>
internal enum SampleKind
{
    /// <summary>Red, green and blue.</summary>
    Colour,

    /// <summary>One brightness.</summary>
    Gray,

    /// <summary>Y, Cb and Cr, the last two for several pixels.</summary>
    Yuv,
}

/// <summary>
/// One of three samples of a pixel (R, G, B or Y, Cb, Cr): the sample of pixel (x, y) is at Offset + (y >> shift) row + (x >> shift) Step of
/// its plane.
/// </summary>
internal readonly record struct SampleLayout(int Plane, int Offset, int Step);

/// <summary>The places of a format's samples.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Planes">Number of planes.</param>
/// <param name="SampleBytes">1, or 2 for 16-bit samples.</param>
/// <param name="ShiftX">1 if two columns share a chroma sample.</param>
/// <param name="ShiftY">1 if two rows do.</param>
/// <param name="First">R, Y or the brightness.</param>
/// <param name="Second">G or Cb.</param>
/// <param name="Third">B or Cr.</param>
internal sealed record PixelLayout(
    SampleKind Kind, int Planes, int SampleBytes, int ShiftX, int ShiftY, SampleLayout First, SampleLayout Second, SampleLayout Third)
{
    private static readonly PixelLayout[] _all =
    [
        Packed(3, 0, 1, 2), Packed(3, 2, 1, 0), Packed(4, 0, 1, 2), Packed(4, 2, 1, 0), Packed(4, 1, 2, 3), Packed(4, 3, 2, 1),
        Gray(1), Gray(2),
        Pairs(0, 1, 3), Pairs(1, 0, 2), Pairs(0, 3, 1),
        new(SampleKind.Yuv, 2, 1, 1, 1, new(0, 0, 1), new(1, 0, 2), new(1, 1, 2)),
        new(SampleKind.Yuv, 2, 1, 1, 1, new(0, 0, 1), new(1, 1, 2), new(1, 0, 2)),
        new(SampleKind.Yuv, 3, 1, 1, 1, new(0, 0, 1), new(1, 0, 1), new(2, 0, 1)),
        new(SampleKind.Yuv, 3, 1, 1, 1, new(0, 0, 1), new(2, 0, 1), new(1, 0, 1)),
        new(SampleKind.Yuv, 2, 2, 1, 1, new(0, 0, 2), new(1, 0, 4), new(1, 2, 4)),
    ];

    /// <summary>The layout of a format.</summary>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static PixelLayout Of(PixelFormat format) => (uint)format < (uint)_all.Length
        ? _all[(int)format]
        : throw new ArgumentException($"there is no pixel format {(int)format}; give one of {string.Join(", ", Enum.GetNames<PixelFormat>())}");

    /// <summary>Rows of a plane.</summary>
    public int Rows(int plane, int height) => plane == 0 ? height : (height + ShiftY) >> ShiftY;

    /// <summary>Bytes of a row of a plane, up to the end of its last sample.</summary>
    public long RowBytes(int plane, int width)
    {
        long end = First.Plane == plane ? End(First, width) : 0;
        long columns = Kind == SampleKind.Yuv ? (width + ShiftX) >> ShiftX : width;
        end = Math.Max(end, Second.Plane == plane ? End(Second, columns) : 0);
        return Math.Max(end, Third.Plane == plane ? End(Third, columns) : 0);
    }

    /// <summary>What a plane holds, in words.</summary>
    public string PlaneName(int plane) => Planes switch
    {
        1 => "the pixels",
        2 => plane == 0 ? "Y" : Second.Offset < Third.Offset ? "CbCr" : "CrCb",
        _ => plane == 0 ? "Y" : plane == Second.Plane ? "Cb" : "Cr",
    };

    private long End(SampleLayout sample, long columns) => sample.Offset + ((columns - 1) * sample.Step) + SampleBytes;

    private static PixelLayout Packed(int bytes, int red, int green, int blue) =>
        new(SampleKind.Colour, 1, 1, 0, 0, new(0, red, bytes), new(0, green, bytes), new(0, blue, bytes));

    private static PixelLayout Gray(int bytes)
    {
        var sample = new SampleLayout(0, 0, bytes);
        return new(SampleKind.Gray, 1, bytes, 0, 0, sample, sample, sample);
    }

    private static PixelLayout Pairs(int luma, int blue, int red) =>
        new(SampleKind.Yuv, 1, 1, 1, 0, new(0, luma, 2), new(0, blue, 4), new(0, red, 4));
}
