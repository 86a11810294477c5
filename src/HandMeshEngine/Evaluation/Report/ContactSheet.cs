using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;
using HandMeshEngine.Export.Drawing;
using HandMeshEngine.Images;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>The worst images of a set in one picture: truth in green, prediction in red, over the photo.</summary>
public static class ContactSheet
{
    private const int Columns = 4, Tile = 240, Caption = 26;

    private static readonly Vector3 _truth = new(60, 220, 110);
    private static readonly Vector3 _estimate = new(255, 70, 60);
    private static readonly Vector3 _paper = new(24, 28, 34);
    private static readonly Vector3 _ink = new(245, 247, 250);

    /// <summary>Draws images with their errors.</summary>
    /// <param name="images">What to draw, the worst first; pictures are read from their files.</param>
    /// <returns>The picture; an image that cannot be read leaves its place empty.</returns>
    /// <exception cref="ArgumentException">There are no images.</exception>
    public static RgbImage Draw(IReadOnlyList<(EvaluationImage Image, HandPrediction Prediction, double ErrorMm)> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0)
        {
            throw new ArgumentException("a contact sheet needs at least one image");
        }

        int columns = Math.Min(Columns, images.Count), rows = (images.Count + columns - 1) / columns;
        var sheet = new RgbImage(columns * Tile, rows * (Tile + Caption));
        var all = new Canvas(sheet, new Area(0, 0, sheet.Width, sheet.Height));
        all.Fill(_paper, _paper);
        var decoder = new ImageDecoder();
        for (int i = 0; i < images.Count; i++)
        {
            (EvaluationImage image, HandPrediction prediction, double error) = images[i];
            int left = i % columns * Tile, top = i / columns * (Tile + Caption);
            DrawTile(sheet, decoder, image, prediction, left, top);
            string text = FormattableString.Invariant($"{error:0.0} mm");
            StrokeFont.Draw(all, text, new Vector2(left + 6, top + Tile + 6), Caption - 12, _ink);
        }

        return sheet;
    }

    private static void DrawTile(RgbImage sheet, ImageDecoder decoder, EvaluationImage image, HandPrediction prediction, int left, int top)
    {
        RgbImage photo;
        try
        {
            photo = decoder.Load(image.File);
        }
        catch (ImageException)
        {
            return;
        }

        float scale = (float)Tile / Math.Max(photo.Width, photo.Height);
        int width = Math.Max(1, (int)(photo.Width * scale)), height = Math.Max(1, (int)(photo.Height * scale));
        var small = new RgbImage(width, height);
        Resampler.Copy(photo, small, width, height);
        for (int y = 0; y < height; y++)
        {
            small.Row(y).CopyTo(sheet.Row(top + y).Slice(left * 3, width * 3));
        }

        if (image.Camera is not { } camera)
        {
            return;
        }

        var canvas = new Canvas(sheet, new Area(left, top, width, height));
        Skeleton(canvas, image.Joints, camera, scale, _truth);
        Skeleton(canvas, prediction.IsFound ? prediction.Joints : null, camera, scale, _estimate);
    }

    private static void Skeleton(Canvas canvas, Vector3d[]? joints, Camera camera, float scale, Vector3 colour)
    {
        if (joints is null || joints.Any(joint => !(joint.Z > 0)))
        {
            return;
        }

        Vector2[] points = Array.ConvertAll(joints, joint =>
            (camera.Project(joint.ToSingle()) * scale) + new Vector2(canvas.Area.Left, canvas.Area.Top));
        for (int i = 1; i < points.Length; i++)
        {
            canvas.Line(points[i % 4 == 1 ? 0 : i - 1], points[i], 1.6f, colour);
        }
    }
}
