namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Writes the zeros around maps.</summary>
internal static unsafe class Borders
{
    public static void Clear(Area area)
    {
        int gap = area.RowStride / area.PixelStride - area.Width;
        for (int n = 0; n < area.Images; n++)
        {
            float* image = area.Data + ((long)n * area.ImageStride);
            for (int y = -area.Border.Top; y < 0; y++)
            {
                Pixels(area, image + ((long)y * area.RowStride) - ((long)area.Border.Left * area.PixelStride), area.Width + gap);
            }

            Pixels(area, image - ((long)area.Border.Left * area.PixelStride), area.Border.Left);
            for (int y = 0; y < area.Height; y++)
            {
                Pixels(area, image + ((long)y * area.RowStride) + ((long)area.Width * area.PixelStride), y == area.Height - 1 ? area.Border.Right : gap);
            }

            for (int y = area.Height; y < area.Height + area.Border.Bottom; y++)
            {
                Pixels(area, image + ((long)y * area.RowStride) - ((long)area.Border.Left * area.PixelStride), area.Width + area.Border.Left + area.Border.Right);
            }
        }
    }

    private static void Pixels(Area area, float* first, int count)
    {
        if (area.PixelStride == area.Channels)
        {
            new Span<float>(first, count * area.Channels).Clear();
            return;
        }

        for (int i = 0; i < count; i++)
        {
            new Span<float>(first + ((long)i * area.PixelStride), area.Channels).Clear();
        }
    }
}
