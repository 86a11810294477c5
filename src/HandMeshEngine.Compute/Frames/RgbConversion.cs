using HandMeshEngine.Compute;

namespace HandMeshEngine;

/// <summary>Whole frames as upright RGB, for pictures; predictions never need it.</summary>
public static class RgbConversion
{
    private const int Channels = 3;

    /// <summary>Writes the upright image as packed RGB: each pixel with the chroma sample of its block, rounded (docs/frames.md).</summary>
    /// <param name="image">Any frame.</param>
    /// <param name="rgb">[Height, Width, 3] of the upright image.</param>
    /// <exception cref="ArgumentException">The image is empty, or the destination has another size.</exception>
    public static void CopyRgb(this ImageView image, Span<byte> rgb)
    {
        if (image.IsEmpty)
        {
            throw new ArgumentException("the image is empty; give pixels, a width and a height", nameof(image));
        }

        long needed = (long)image.Width * image.Height * Channels;
        if (rgb.Length != needed)
        {
            throw new ArgumentException($"the destination has {rgb.Length} bytes; {image.Width}x{image.Height} RGB pixels take {needed}", nameof(rgb));
        }

        PixelLayout layout = image.Layout;
        ColourRule rule = image.Rule;
        PixelMap map = PixelMap.ToStored(image.Orientation, image.StoredWidth, image.StoredHeight);
        SampleReader first = new(image, 0), second = new(image, 1), third = new(image, 2);
        int at = 0;
        for (int v = 0; v < image.Height; v++)
        {
            for (int u = 0; u < image.Width; u++, at += Channels)
            {
                (int x, int y) = map.Apply(u, v);
                int a = first.At(x, y);
                if (layout.Kind == SampleKind.Colour)
                {
                    (rgb[at], rgb[at + 1], rgb[at + 2]) = ((byte)a, (byte)second.At(x, y), (byte)third.At(x, y));
                }
                else if (layout.Kind == SampleKind.Gray)
                {
                    rgb[at] = rgb[at + 1] = rgb[at + 2] = Rounded((a - rule.Zero) * rule.Scale);
                }
                else
                {
                    double luma = rule.Scale * ((a * rule.Unit) - rule.Zero);
                    double cb = (second.At(x >> layout.ShiftX, y >> layout.ShiftY) * rule.Unit) - ColourRule.Neutral;
                    double cr = (third.At(x >> layout.ShiftX, y >> layout.ShiftY) * rule.Unit) - ColourRule.Neutral;
                    rgb[at] = Rounded(luma + (rule.RedFromCr * cr));
                    rgb[at + 1] = Rounded(luma + (rule.GreenFromCb * cb) + (rule.GreenFromCr * cr));
                    rgb[at + 2] = Rounded(luma + (rule.BlueFromCb * cb));
                }
            }
        }
    }

    private static byte Rounded(double value) => (byte)Math.Clamp(Math.Floor(value + 0.5), 0, 255);

    private readonly ref struct SampleReader
    {
        private readonly ReadOnlySpan<byte> _plane;
        private readonly long _start;
        private readonly int _stride;
        private readonly int _step;
        private readonly int _bytes;

        public SampleReader(ImageView image, int index)
        {
            SampleLayout sample = image.Sample(index);
            _plane = image.Plane(sample.Plane);
            _start = image.TopRow(sample.Plane) + sample.Offset;
            _stride = image.PlaneStride(sample.Plane);
            _step = sample.Step;
            _bytes = image.Layout.SampleBytes;
        }

        public int At(int x, int y)
        {
            int at = (int)(_start + ((long)y * _stride) + ((long)x * _step));
            return _bytes == 1 ? _plane[at] : _plane[at] | (_plane[at + 1] << 8);
        }
    }
}
