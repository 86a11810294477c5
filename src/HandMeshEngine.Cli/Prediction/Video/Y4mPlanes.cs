namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>RGB to planes of Y, Cb and Cr, the last two for two by two pixels: BT.601, limited range.</summary>
internal static class Y4mPlanes
{
    /// <summary>Fills planes that follow each other.</summary>
    public static void From(RgbImage image, Span<byte> planes)
    {
        int width = image.Width, height = image.Height, half = (width + 1) / 2, rows = (height + 1) / 2;
        Span<byte> cb = planes[(width * height)..], cr = cb[(half * rows)..];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            Span<byte> luma = planes.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                luma[x] = (byte)(((66 * row[3 * x]) + (129 * row[(3 * x) + 1]) + (25 * row[(3 * x) + 2]) + 4224) >> 8);
            }
        }

        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> upper = image.Row(2 * y), lower = image.Row(Math.Min((2 * y) + 1, height - 1));
            for (int x = 0; x < half; x++)
            {
                int left = 6 * x, right = 3 * Math.Min((2 * x) + 1, width - 1);
                int red = upper[left] + upper[right] + lower[left] + lower[right];
                int green = upper[left + 1] + upper[right + 1] + lower[left + 1] + lower[right + 1];
                int blue = upper[left + 2] + upper[right + 2] + lower[left + 2] + lower[right + 2];
                cb[(y * half) + x] = (byte)(((-38 * red) - (74 * green) + (112 * blue) + 131584) >> 10);
                cr[(y * half) + x] = (byte)(((112 * red) - (94 * green) - (18 * blue) + 131584) >> 10);
            }
        }
    }
}
