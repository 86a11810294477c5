namespace HandMeshEngine.Images.Png;

/// <summary>A set of pixels that are coded as an image of their own: all, or one of the seven passes of Adam7.</summary>
/// <param name="FirstX">Column of its first pixel.</param>
/// <param name="FirstY">Row of its first pixel.</param>
/// <param name="StepX">Columns from pixel to pixel.</param>
/// <param name="StepY">Rows from pixel to pixel.</param>
internal readonly record struct PngPass(int FirstX, int FirstY, int StepX, int StepY)
{
    private static readonly PngPass[] _whole = [new(0, 0, 1, 1)];

    private static readonly PngPass[] _adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>The passes of an image, in their order.</summary>
    public static ReadOnlySpan<PngPass> Of(PngHeader header) => header.IsInterlaced ? _adam7 : _whole;

    /// <summary>Bytes of all passes with their filter bytes.</summary>
    public static long CountBytes(PngHeader header)
    {
        long bytes = 0;
        foreach (PngPass pass in Of(header))
        {
            int width = pass.Width(header);
            bytes += width == 0 ? 0 : (long)pass.Height(header) * (1 + header.RowBytes(width));
        }

        return bytes;
    }

    /// <summary>Pixels per row of the pass; a pass without any has no rows either.</summary>
    public int Width(PngHeader header) => (header.Width - FirstX + StepX - 1) / StepX;

    private int Height(PngHeader header) => (header.Height - FirstY + StepY - 1) / StepY;
}
