namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Clears the borders of maps.</summary>
internal static unsafe class Borders
{
    public static void Clear(View map)
    {
        int gap = map.RowStride / map.PixelStride - map.Width;
        for (int n = 0; n < map.Images; n++)
        {
            float* image = map.Data + ((long)n * map.ImageStride);
            for (int y = -map.Border.Top; y < 0; y++)
            {
                Pixels(map, image + ((long)y * map.RowStride) - ((long)map.Border.Left * map.PixelStride), map.Width + gap);
            }

            Pixels(map, image - ((long)map.Border.Left * map.PixelStride), map.Border.Left);
            for (int y = 0; y < map.Height; y++)
            {
                Pixels(map, image + ((long)y * map.RowStride) + ((long)map.Width * map.PixelStride), y == map.Height - 1 ? map.Border.Right : gap);
            }

            for (int y = map.Height; y < map.Height + map.Border.Bottom; y++)
            {
                Pixels(map, image + ((long)y * map.RowStride) - ((long)map.Border.Left * map.PixelStride), map.Width + map.Border.Left + map.Border.Right);
            }
        }
    }

    private static void Pixels(View map, float* first, int count)
    {
        if (map.PixelStride == map.Channels)
        {
            new Span<float>(first, count * map.Channels).Clear();
            return;
        }

        for (int i = 0; i < count; i++)
        {
            new Span<float>(first + ((long)i * map.PixelStride), map.Channels).Clear();
        }
    }
}
