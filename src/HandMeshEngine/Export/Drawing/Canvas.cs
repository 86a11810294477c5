using HandMeshEngine.Images;

namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// Smooth-edged lines, discs and boxes on a picture. Coordinates are pixels with centres at integers; colours are sRGB,
/// 0 to 255; what lies outside the area is left out.
/// </summary>
internal sealed class Canvas(RgbImage image, Area area)
{
    /// <summary>What may be drawn to.</summary>
    public Area Area { get; } = area;

    /// <summary>A straight line with round ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Line(Vector2 from, Vector2 to, float width, Vector3 colour, float opacity = 1)
    {
        float half = width / 2;
        Vector2 along = to - from;
        float squared = Math.Max(along.LengthSquared(), 1e-12f);
        (int left, int top, int right, int bottom) = Bounds(Vector2.Min(from, to), Vector2.Max(from, to), half + 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                var offset = new Vector2(x, y) - from;
                float t = Math.Clamp(Vector2.Dot(offset, along) / squared, 0, 1);
                float distance = (offset - (along * t)).Length();
                Blend(x, y, colour, Math.Clamp(half + 0.5f - distance, 0, 1) * opacity);
            }
        }
    }

    /// <summary>A filled circle.</summary>
    public void Disc(Vector2 centre, float radius, Vector3 colour, float opacity = 1) =>
        Line(centre, centre, 2 * radius, colour, opacity);

    /// <summary>A filled rectangle with rounded corners.</summary>
    public void Box(Vector2 topLeft, Vector2 size, float radius, Vector3 colour, float opacity)
    {
        Vector2 half = size / 2, centre = topLeft + half;
        (int left, int top, int right, int bottom) = Bounds(topLeft, topLeft + size, 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 beyond = Vector2.Abs(new Vector2(x, y) - centre) - half + new Vector2(radius);
                float distance = Vector2.Max(beyond, Vector2.Zero).Length() + Math.Min(Math.Max(beyond.X, beyond.Y), 0) - radius;
                Blend(x, y, colour, Math.Clamp(0.5f - distance, 0, 1) * opacity);
            }
        }
    }

    /// <summary>Fills the whole area from one colour at the top to another at the bottom.</summary>
    public void Fill(Vector3 top, Vector3 bottom)
    {
        for (int y = Area.Top; y < Area.Bottom; y++)
        {
            Vector3 colour = Vector3.Lerp(top, bottom, (y - Area.Top) / (float)Area.Height);
            Span<byte> row = image.Row(y).Slice(Area.Left * 3, Area.Width * 3);
            for (int i = 0; i < row.Length; i += 3)
            {
                (row[i], row[i + 1], row[i + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
            }
        }
    }

    private (int Left, int Top, int Right, int Bottom) Bounds(Vector2 min, Vector2 max, float margin)
    {
        // Clamped before the conversion: far away and NaN coordinates must not wrap around.
        return (
            (int)Math.Clamp(min.X - margin, Area.Left, Area.Right),
            (int)Math.Clamp(min.Y - margin, Area.Top, Area.Bottom),
            (int)Math.Clamp(max.X + margin, Area.Left - 1, Area.Right - 1),
            (int)Math.Clamp(max.Y + margin, Area.Top - 1, Area.Bottom - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Blend(int x, int y, Vector3 colour, float alpha)
    {
        if (!(alpha > 0))
        {
            return;
        }

        Span<byte> pixel = image.Row(y).Slice(x * 3, 3);
        for (int c = 0; c < 3; c++)
        {
            pixel[c] = (byte)(pixel[c] + (alpha * (colour[c] - pixel[c])) + 0.5f);
        }
    }
}
