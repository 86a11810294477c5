using HandMeshEngine.Images;

namespace HandMeshEngine.Export.Drawing;

/// <summary>Copies a picture into part of another, smaller or larger.</summary>
internal static class Resampler
{
    /// <summary>
    /// Fills the top left <paramref name="width"/> x <paramref name="height"/> pixels of <paramref name="target"/>: every
    /// pixel is the mean of the source area it covers (shrinking) or an interpolation (growing).
    /// </summary>
    public static void Copy(RgbImage source, RgbImage target, int width, int height)
    {
        if (source.Width == width && source.Height == height)
        {
            for (int y = 0; y < height; y++)
            {
                source.Row(y).CopyTo(target.Row(y));
            }

            return;
        }

        Tap[] columns = Taps(source.Width, width), rows = Taps(source.Height, height);
        var sums = new float[source.Width * 3];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int k = 0; k < rows[y].Count; k++)
            {
                Accumulate(source.Row(rows[y].First + k), rows[y].Weight(k), sums);
            }

            ShrinkRow(sums, columns, target.Row(y)[..(width * 3)]);
        }
    }

    private static void Accumulate(ReadOnlySpan<byte> row, float weight, float[] sums)
    {
        for (int i = 0; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static void ShrinkRow(float[] sums, Tap[] columns, Span<byte> to)
    {
        for (int x = 0; x < columns.Length; x++)
        {
            for (int c = 0; c < 3; c++)
            {
                float sum = 0;
                for (int k = 0; k < columns[x].Count; k++)
                {
                    sum += columns[x].Weight(k) * sums[((columns[x].First + k) * 3) + c];
                }

                to[(3 * x) + c] = (byte)(sum + 0.5f);
            }
        }
    }

    // A window as wide as a target pixel, but at least one source pixel: box filter down, linear interpolation up.
    private static Tap[] Taps(int from, int to)
    {
        double step = from / (double)to, half = Math.Max(step, 1) / 2;
        var taps = new Tap[to];
        for (int i = 0; i < to; i++)
        {
            double centre = (i + 0.5) * step;
            double left = Math.Max(centre - half, 0), right = Math.Min(centre + half, from);
            int first = (int)left, last = Math.Min((int)Math.Ceiling(right), from) - 1;
            taps[i] = new Tap(first, last - first + 1, left, right);
        }

        return taps;
    }

    private readonly record struct Tap(int First, int Count, double Left, double Right)
    {
        public float Weight(int k) =>
            (float)((Math.Min(Right, First + k + 1) - Math.Max(Left, First + k)) / (Right - Left));
    }
}
