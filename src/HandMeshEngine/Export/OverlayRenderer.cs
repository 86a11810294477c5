using HandMeshEngine.Export.Drawing;
using HandMeshEngine.Images;

namespace HandMeshEngine.Export;

/// <summary>
/// Draws hands over the photo they were found in: a shaded mesh in the photo's own perspective, and the same meshes seen
/// from the side, to scale. Reuses its buffers from picture to picture; one caller at a time.
/// </summary>
public sealed class OverlayRenderer
{
    /// <summary>Longest side of the photo's panel in pixels; larger photos are shown smaller.</summary>
    public const int LargestSide = 1280;

    // Smaller photos are shown larger, so that there is room for labels.
    private const int SmallestSide = 480;
    private const float MeshOpacity = 0.88f;

    private readonly MeshPainter _painter = new();
    private readonly AmbientOcclusion _occlusion = new();
    private readonly List<HandFigure> _figures = [];
    private readonly RgbImage _picture = new(1, 1);
    private readonly RgbImage _frame = new(1, 1);

    /// <summary>The photo's panel has the photo's own size, whatever that is; otherwise large ones are shown smaller, small ones larger.</summary>
    public bool KeepsSize { get; init; }

    /// <summary>Draws one picture.</summary>
    /// <param name="photo">The upright image that the hands' keypoints and camera belong to.</param>
    /// <param name="hands">The hands; may be empty. Of those without a place in camera space only keypoints are drawn.</param>
    /// <param name="target">Resized and overwritten.</param>
    /// <param name="parts">What to show.</param>
    public void Render(RgbImage photo, IReadOnlyList<HandMesh> hands, RgbImage target, OverlayParts parts = OverlayParts.Default)
    {
        double scale = KeepsSize ? 1 : Scale(photo.Width, photo.Height);
        int width = Math.Max((int)Math.Round(photo.Width * scale), 1), height = Math.Max((int)Math.Round(photo.Height * scale), 1);
        bool withSide = parts.HasFlag(OverlayParts.SideView);
        int sideWidth = withSide ? Math.Clamp((int)(height * 0.8), width / 3, Math.Max(width, 360)) : 0;
        target.Resize(width + sideWidth, height);
        Resampler.Copy(photo, target, width, height);
        var panel = new Area(0, 0, width, height);
        Prepare(hands);
        if (parts.HasFlag(OverlayParts.Mesh))
        {
            PaintOver(target, panel, scale);
        }

        var canvas = new Canvas(target, panel);
        if (parts.HasFlag(OverlayParts.Skeleton))
        {
            foreach (HandMesh hand in hands)
            {
                SkeletonDrawing.Draw(canvas, hand, (float)scale);
            }
        }

        if (parts.HasFlag(OverlayParts.Labels))
        {
            LabelDrawing.Draw(canvas, hands, (float)scale);
        }

        if (withSide)
        {
            SideView.Draw(target, new Area(width, 0, sideWidth, height), _figures, _painter);
        }
    }

    /// <summary>Draws over a frame of any format, whose upright image is copied as RGB first.</summary>
    /// <param name="frame">The frame that the hands were found in.</param>
    /// <param name="hands">The hands; may be empty.</param>
    /// <param name="target">Resized and overwritten.</param>
    /// <param name="parts">What to show.</param>
    public void Render(ImageView frame, IReadOnlyList<HandMesh> hands, RgbImage target, OverlayParts parts = OverlayParts.Default)
    {
        _frame.CopyFrom(frame);
        Render(_frame, hands, target, parts);
    }

    /// <summary>Draws one picture and writes it as PNG; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string path, RgbImage photo, IReadOnlyList<HandMesh> hands, OverlayParts parts = OverlayParts.Default)
    {
        Render(photo, hands, _picture, parts);
        PngFile.SaveDrawing(path, _picture);
    }

    private static double Scale(int width, int height)
    {
        double longest = Math.Max(width, height);
        return longest > LargestSide ? LargestSide / longest : Math.Max(1, SmallestSide / longest);
    }

    private void Prepare(IReadOnlyList<HandMesh> hands)
    {
        _figures.Clear();
        foreach (HandMesh hand in hands)
        {
            if (hand.Placement.IsPlaced)
            {
                var ambient = new float[hand.Vertices.Length];
                _occlusion.Compute(hand, ambient);
                int earlier = _figures.Count(figure => figure.Hand.Handedness == hand.Handedness);
                _figures.Add(new HandFigure(hand, ambient, HandFigure.Colour(hand.Handedness, earlier)));
            }
        }
    }

    private void PaintOver(RgbImage target, Area panel, double scale)
    {
        if (_figures.Count == 0)
        {
            return;
        }

        _painter.Clear(View.Through(_figures[0].Hand.Camera, scale)); // one photo, one camera
        foreach (HandFigure figure in _figures)
        {
            _painter.Add(figure);
        }

        _painter.Paint(target, panel, MeshOpacity);
    }
}
