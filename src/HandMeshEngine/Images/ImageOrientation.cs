namespace HandMeshEngine.Images;

/// <summary>Turns stored pixels upright as EXIF orientation 1 to 8 asks.</summary>
internal static class ImageOrientation
{
    /// <summary>Pixels are moved in squares of this side, so that both images stay in the cache.</summary>
    private const int Tile = 32;

    private const int Channels = 3;

    /// <summary>Copies the pixels of one image into another, upright; the size of the other is set.</summary>
    public static void Apply(RgbImage stored, int orientation, RgbImage upright)
    {
        int width = stored.Width;
        int height = stored.Height;
        bool isTurned = orientation >= 5;
        upright.Resize(isTurned ? height : width, isTurned ? width : height);

        // Where the upright image's first pixel is stored, and the way from there along its x and y axes.
        int right = Channels;
        int down = width * Channels;
        int lastX = (width - 1) * right;
        int lastY = (height - 1) * down;
        (int start, int stepX, int stepY) = orientation switch
        {
            1 => (0, right, down),
            2 => (lastX, -right, down),
            3 => (lastX + lastY, -right, -down),
            4 => (lastY, right, -down),
            5 => (0, down, right),
            6 => (lastY, -down, right),
            7 => (lastX + lastY, -down, -right),
            8 => (lastX, down, -right),
            _ => throw new ArgumentException($"orientation {orientation} does not exist; EXIF knows 1 to 8"),
        };

        ReadOnlySpan<byte> from = stored.Pixels;
        for (int y0 = 0; y0 < upright.Height; y0 += Tile)
        {
            for (int x0 = 0; x0 < upright.Width; x0 += Tile)
            {
                int columns = Math.Min(Tile, upright.Width - x0);
                for (int y = y0; y < Math.Min(y0 + Tile, upright.Height); y++)
                {
                    Span<byte> to = upright.Row(y).Slice(x0 * Channels, columns * Channels);
                    CopyPixels(from, start + (x0 * stepX) + (y * stepY), stepX, to);
                }
            }
        }
    }

    private static void CopyPixels(ReadOnlySpan<byte> from, int at, int step, Span<byte> to)
    {
        for (int i = 0; i < to.Length; i += Channels)
        {
            from.Slice(at, Channels).CopyTo(to[i..]);
            at += step;
        }
    }
}
