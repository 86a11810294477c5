using HandMeshEngine.Images;

namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// The scene from the camera's right, without perspective: distance from the camera runs to the right, with a grid whose
/// lines are labelled in centimetres, and a scale bar.
/// </summary>
internal static class SideView
{
    // Empty space around the hands, in text heights.
    private const float TopMargin = 5.5f, BottomMargin = 6.5f, SideMargin = 3f;

    // Closest labelled grid lines, in text heights.
    private const float LeastStep = 5.5f;

    private static readonly Vector3 _backgroundTop = new(44, 50, 60);
    private static readonly Vector3 _backgroundBottom = new(22, 25, 31);
    private static readonly Vector3 _grid = new(255);
    private static readonly Vector3 _ink = new(222, 228, 236);
    private static readonly int[] _stepsCm = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>Draws the panel.</summary>
    public static void Draw(RgbImage target, Area area, IReadOnlyList<HandFigure> figures, MeshPainter painter)
    {
        var canvas = new Canvas(target, area);
        canvas.Fill(_backgroundTop, _backgroundBottom);
        float text = LabelDrawing.TextHeight(area);
        var origin = new Vector2(area.Left, area.Top);
        StrokeFont.Draw(canvas, "side view", origin + new Vector2(1.5f * text), text, _ink);
        if (figures.Count == 0)
        {
            return;
        }

        (View view, int stepCm) = Fit(area, figures, text);
        DrawGrid(canvas, view, stepCm, text);
        DrawScaleBar(canvas, view, stepCm, text);
        painter.Clear(view);
        foreach (HandFigure figure in figures)
        {
            painter.Add(figure);
        }

        painter.Paint(target, area, opacity: 1);
    }

    // The largest scale at which all hands fit.
    private static (View View, int StepCm) Fit(Area area, IReadOnlyList<HandFigure> figures, float text)
    {
        Vector3 min = new(float.MaxValue), max = new(float.MinValue);
        foreach (HandFigure figure in figures)
        {
            foreach (Vector3 vertex in figure.Hand.Vertices)
            {
                (min, max) = (Vector3.Min(min, vertex), Vector3.Max(max, vertex));
            }
        }

        float width = area.Width - (2 * SideMargin * text), height = area.Height - ((TopMargin + BottomMargin) * text);
        float scale = Math.Max(Math.Min(width / (max.Z - min.Z), height / (max.Y - min.Y)), 1e-3f);
        var middle = new Vector2(area.Width / 2f, (TopMargin * text) + (height / 2));
        Vector2 centre = middle - (new Vector2(min.Z + max.Z, min.Y + max.Y) / 2 * scale);
        int step = Array.FindIndex(_stepsCm, cm => cm * scale / 100 >= LeastStep * text);
        return (View.FromTheSide(scale, centre), _stepsCm[step < 0 ? ^1 : step]);
    }

    private static void DrawGrid(Canvas canvas, in View view, int stepCm, float text)
    {
        float bottom = canvas.Area.Height - (4.2f * text), spacing = view.Scale.X * stepCm / 100;
        var origin = new Vector2(canvas.Area.Left, canvas.Area.Top);
        int first = (int)MathF.Ceiling(-view.Centre.X / spacing), last = (int)((canvas.Area.Width - view.Centre.X) / spacing);
        for (int i = first; i <= last; i++)
        {
            float x = MathF.Round((i * spacing) + view.Centre.X); // a sharp line
            canvas.Line(origin + new Vector2(x, 4 * text), origin + new Vector2(x, bottom), 1, _grid, 0.13f);
            string label = FormattableString.Invariant($"{i * stepCm}");
            float half = StrokeFont.Measure(label, text) / 2;
            if (x > half && x + half < canvas.Area.Width)
            {
                StrokeFont.Draw(canvas, label, origin + new Vector2(x - half, bottom + (0.5f * text)), text, _ink);
            }
        }

        for (float y = view.Centre.Y - (MathF.Floor((view.Centre.Y - (4 * text)) / spacing) * spacing); y < bottom; y += spacing)
        {
            float line = MathF.Round(y);
            canvas.Line(origin + new Vector2(0, line), origin + new Vector2(canvas.Area.Width, line), 1, _grid, 0.06f);
        }

        const string title = "cm from the camera";
        float size = text * 0.85f;
        StrokeFont.Draw(
            canvas, title, origin + new Vector2((canvas.Area.Width - StrokeFont.Measure(title, size)) / 2, bottom + (2.4f * text)), size, _ink);
    }

    private static void DrawScaleBar(Canvas canvas, in View view, int stepCm, float text)
    {
        float length = view.Scale.X * stepCm / 100;
        string label = FormattableString.Invariant($"{stepCm} cm");
        float right = canvas.Area.Right - (1.5f * text), y = canvas.Area.Top + (2.9f * text);
        canvas.Line(new Vector2(right - length, y), new Vector2(right, y), 2, _ink);
        canvas.Line(new Vector2(right - length, y - 4), new Vector2(right - length, y + 4), 2, _ink);
        canvas.Line(new Vector2(right, y - 4), new Vector2(right, y + 4), 2, _ink);
        float middle = right - ((length + StrokeFont.Measure(label, text)) / 2);
        StrokeFont.Draw(canvas, label, new Vector2(middle, y - (1.6f * text)), text, _ink);
    }
}
