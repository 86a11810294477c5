namespace HandMeshEngine.Tests.Estimation;

/// <summary>A picture in YCbCr, BT.601, limited range, a chroma sample for two by two pixels.</summary>
internal sealed record YuvFrame(int Width, int Height, byte[] Y, byte[] Cb, byte[] Cr)
{
    private byte[]? _pairs;

    public ImageView View => ImageView.Nv12(Y, Width, _pairs ??= Interleave(Cb, Cr), (Width + 1) / 2 * 2, Width, Height);

    public static YuvFrame Of(RgbImage image)
    {
        int columns = (image.Width + 1) / 2, rows = (image.Height + 1) / 2;
        var frame = new YuvFrame(image.Width, image.Height, new byte[image.Width * image.Height], new byte[columns * rows], new byte[columns * rows]);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                ReadOnlySpan<byte> rgb = image.Row(y).Slice(3 * x, 3);
                double luma = (0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2]);
                frame.Y[(y * image.Width) + x] = (byte)Math.Round(16 + (luma * 219 / 255));
                int at = (y / 2 * columns) + (x / 2);
                frame.Cb[at] = (byte)Math.Round(128 + ((rgb[2] - luma) / 1.772 * 224 / 255));
                frame.Cr[at] = (byte)Math.Round(128 + ((rgb[0] - luma) / 1.402 * 224 / 255));
            }
        }

        return frame;
    }

    public static byte[] Interleave(byte[] first, byte[] second)
    {
        var pairs = new byte[2 * first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = (first[i], second[i]);
        }

        return pairs;
    }

    public ImageView Turned(FrameOrientation orientation) => View with { Orientation = orientation };
}
