using HandMeshEngine.Export.Drawing;
using HandMeshEngine.Images;

namespace HandMeshEngine.Export;

/// <summary>Draws the errors of a comparison on the hand, from the front and from the side, with a scale.</summary>
public static class ErrorHeatMap
{
    private const int Side = 640, ScaleWidth = 150, Margin = 48;
    private const float Text = 15;

    private static readonly Vector3 _backgroundTop = new(44, 50, 60);
    private static readonly Vector3 _backgroundBottom = new(22, 25, 31);
    private static readonly Vector3 _ink = new(222, 228, 236);

    // Linear RGB from no error to the largest.
    private static readonly Vector3[] _ramp =
        [new(0.02f, 0.05f, 0.25f), new(0.02f, 0.30f, 0.42f), new(0.10f, 0.55f, 0.18f), new(0.85f, 0.62f, 0.04f), new(0.90f, 0.06f, 0.03f)];

    /// <summary>Writes the picture as PNG; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Save(string path, MeshError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        PngFile.Save(path, Render(error));
    }

    /// <summary>Draws the picture: two views of the stored mesh, dark blue where there is no error, red where it is largest.</summary>
    public static RgbImage Render(MeshError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var picture = new RgbImage((2 * Side) + ScaleWidth, Side);
        var canvas = new Canvas(picture, new Area(0, 0, picture.Width, picture.Height));
        canvas.Fill(_backgroundTop, _backgroundBottom);
        float largest = error.Errors.Where(float.IsFinite).DefaultIfEmpty(0).Max();
        HandFigure figure = Figure(error, largest);
        var painter = new MeshPainter();
        Draw(picture, painter, figure, new Area(0, 0, Side, Side), Vector3.UnitX, Vector3.UnitZ);
        Draw(picture, painter, figure, new Area(Side, 0, Side, Side), Vector3.UnitZ, -Vector3.UnitX);
        string worst = string.Create(CultureInfo.InvariantCulture, $"{error.Tensor}  largest error {largest:g3} at vertex {error.Errors.ToList().IndexOf(largest)}");
        StrokeFont.Draw(canvas, worst, new Vector2(Text), Text, _ink);
        StrokeFont.Draw(canvas, "from the side", new Vector2(Side + Text, Side - (2 * Text)), Text, _ink);
        StrokeFont.Draw(canvas, "front", new Vector2(Text, Side - (2 * Text)), Text, _ink);
        DrawScale(canvas, largest);
        return picture;
    }

    private static HandFigure Figure(MeshError error, float largest)
    {
        MeshSurface surface = MeshSurface.Merged([.. error.Vertices], [.. error.Faces]);
        var hand = new HandMesh(surface);
        Span<Vector3> vertices = hand.Refill(surface);
        (Vector3 middle, float extent) = Extent(error.Vertices);
        for (int i = 0; i < vertices.Length; i++)
        {
            vertices[i] = (error.Vertices[i] - middle) / extent;
        }

        float[] open = new float[vertices.Length];
        Array.Fill(open, 1);
        Vector3[] colours = [.. error.Errors.Select(e => Colour(float.IsFinite(e) && largest == 0 ? 0 : e / largest))];
        return new HandFigure(hand, open, default, colours);
    }

    private static void Draw(RgbImage picture, MeshPainter painter, in HandFigure figure, Area area, Vector3 right, Vector3 forward)
    {
        float scale = area.Width - (2 * Margin);
        var centre = new Vector2(area.Width / 2f, area.Height / 2f);
        painter.Clear(new View(right, Vector3.UnitY, forward, new Vector2(scale), centre, IsPerspective: false));
        painter.Add(figure);
        painter.Paint(picture, area, opacity: 1);
    }

    private static void DrawScale(Canvas canvas, float largest)
    {
        float left = (2 * Side) + 24, top = Margin, height = Side - (2 * Margin);
        for (int y = 0; y < (int)height; y++)
        {
            var from = new Vector2(left, top + y);
            canvas.Line(from, from + new Vector2(18, 0), 1.5f, Light.Encode(Colour(1 - (y / height))));
        }

        for (int i = 0; i <= 4; i++)
        {
            string label = string.Create(CultureInfo.InvariantCulture, $"{largest * i / 4:g2}");
            StrokeFont.Draw(canvas, label, new Vector2(left + 30, top + (height * (1 - (i / 4f))) - (Text / 2)), Text, _ink);
        }
    }

    private static Vector3 Colour(float share)
    {
        float at = (float.IsFinite(share) ? Math.Clamp(share, 0, 1) : 1) * (_ramp.Length - 1);
        int below = Math.Min((int)at, _ramp.Length - 2);
        return Vector3.Lerp(_ramp[below], _ramp[below + 1], at - below);
    }

    private static (Vector3 Middle, float Extent) Extent(IReadOnlyList<Vector3> vertices)
    {
        Vector3 min = vertices[0], max = vertices[0];
        foreach (Vector3 vertex in vertices)
        {
            (min, max) = (Vector3.Min(min, vertex), Vector3.Max(max, vertex));
        }

        Vector3 size = max - min;
        return ((min + max) / 2, Math.Max(Math.Max(size.X, size.Y), Math.Max(size.Z, 1e-9f)));
    }
}
