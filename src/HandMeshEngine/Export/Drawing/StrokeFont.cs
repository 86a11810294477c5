namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// A small font of pen strokes, legible at any size: lower-case letters (upper-case ones are shown as these), digits and
/// some signs. A glyph is a list of strokes, a stroke a list of points written as two digits, x then y; x grows to the
/// right from 0, y downward: 0 top of digits, 2 top of small letters, 6 base line, 8 descenders. Strokes of more than
/// two points are drawn rounded.
/// </summary>
internal static class StrokeFont
{
    /// <summary>Units between the top of a digit and the base line.</summary>
    private const float DigitHeight = 6;
    private const float Gap = 2;
    private const float SpaceWidth = 2;

    /// <summary>Width of a text in pixels.</summary>
    /// <param name="text">Characters without a glyph count as spaces.</param>
    /// <param name="height">Height of a digit, pixels.</param>
    public static float Measure(string text, float height)
    {
        float units = 0;
        foreach (char c in text)
        {
            units += Width(Glyph(c)) + Gap;
        }

        return Math.Max(units - Gap, 0) * height / DigitHeight;
    }

    /// <summary>Draws a text.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">Characters without a glyph are left blank.</param>
    /// <param name="topLeft">Top left corner of the first digit-high character.</param>
    /// <param name="height">Height of a digit, pixels.</param>
    /// <param name="colour">sRGB, 0 to 255.</param>
    public static void Draw(Canvas canvas, string text, Vector2 topLeft, float height, Vector3 colour)
    {
        float unit = height / DigitHeight, pen = Math.Max(height * 0.14f, 1.15f);
        foreach (char c in text)
        {
            string glyph = Glyph(c);
            foreach (Range stroke in glyph.AsSpan().Split(' '))
            {
                DrawStroke(canvas, glyph.AsSpan(stroke), topLeft, unit, pen, colour);
            }

            topLeft.X += (Width(glyph) + Gap) * unit;
        }
    }

    // Rounded strokes follow the quadratic curve through the middles of their segments; their ends stay where they are.
    private static void DrawStroke(Canvas canvas, ReadOnlySpan<char> stroke, Vector2 origin, float unit, float pen, Vector3 colour)
    {
        const int pieces = 4;
        int count = stroke.Length / 2;
        if (count == 0)
        {
            return;
        }

        bool closed = count > 2 && stroke[..2].SequenceEqual(stroke[^2..]);
        Vector2 from = Point(stroke, 0, origin, unit);
        if (count <= 2)
        {
            canvas.Line(from, Point(stroke, count - 1, origin, unit), pen, colour);
            return;
        }

        from = closed ? (from + Point(stroke, 1, origin, unit)) / 2 : from;
        for (int i = 1; i < (closed ? count : count - 1); i++)
        {
            Vector2 corner = Point(stroke, i, origin, unit);
            Vector2 next = Point(stroke, closed && i == count - 1 ? 1 : i + 1, origin, unit);
            Vector2 to = closed || i < count - 2 ? (corner + next) / 2 : next;
            Vector2 previous = from;
            for (int p = 1; p <= pieces; p++)
            {
                float t = (float)p / pieces;
                Vector2 at = Vector2.Lerp(Vector2.Lerp(from, corner, t), Vector2.Lerp(corner, to, t), t);
                canvas.Line(previous, at, pen, colour);
                previous = at;
            }

            from = to;
        }
    }

    private static Vector2 Point(ReadOnlySpan<char> stroke, int index, Vector2 origin, float unit) =>
        origin + (new Vector2(stroke[2 * index] - '0', stroke[(2 * index) + 1] - '0') * unit);

    private static float Width(string glyph)
    {
        int width = 0;
        foreach (Range stroke in glyph.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> points = glyph.AsSpan(stroke);
            for (int i = 0; i < points.Length; i += 2)
            {
                width = Math.Max(width, points[i] - '0');
            }
        }

        return glyph.Length == 0 ? SpaceWidth : width;
    }

    private static string Glyph(char c) => char.ToLowerInvariant(c) switch
    {
        '0' => "103041453616050110",
        '1' => "1130 3036",
        '2' => "011030414206 0646",
        '3' => "01103041423313 13334445361605",
        '4' => "3004 0444 3036",
        '5' => "4010 1003 0312324345361605",
        '6' => "4020020516364544331304",
        '7' => "0040 4016",
        '8' => "103041423313020110 133344453616050413",
        '9' => "4233130201103041442606",
        'a' => "4332120305163645 4246",
        'b' => "0006 0312324345361605",
        'c' => "4332120305163645",
        'd' => "4046 4332120305163645",
        'e' => "0444 444332120305163645",
        'f' => "30201113 1316 0232",
        'g' => "4332120305163645 4247381807",
        'h' => "0006 0312324344 4446",
        'i' => "0206 0000",
        'j' => "121708 1010",
        'k' => "0006 3204 1336",
        'l' => "0006",
        'm' => "0206 0312223334 3436 3342526364 6466",
        'n' => "0206 0312324344 4446",
        'o' => "123243453616050312",
        'p' => "0208 0312324345361605",
        'q' => "4248 4332120305163645",
        'r' => "0206 031232",
        's' => "43321203143445361605",
        't' => "1014 14162636 0232",
        'u' => "0204 0405163645 4246",
        'v' => "0226 2642",
        'w' => "0216 1632 3256 5662",
        'x' => "0246 4206",
        'y' => "0226 4218",
        'z' => "0242 4206 0646",
        '.' => "0606",
        ',' => "0607",
        '-' => "0434",
        '+' => "0444 2226",
        ':' => "0303 0606",
        '~' => "04133544",
        '%' => "0640 0010110100 3545463635",
        '(' => "20020426",
        ')' => "00222406",
        '/' => "0640",
        _ => "",
    };
}
