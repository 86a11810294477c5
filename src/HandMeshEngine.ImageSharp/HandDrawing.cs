using HandMeshEngine.Export;
using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.ImageSharp;

/// <summary>Results drawn onto an <see cref="Image{TPixel}"/>.</summary>
public static class HandDrawing
{
    /// <summary>Draws hands over the image that they were found in, in its own size.</summary>
    /// <param name="image">The upright image; alpha is kept.</param>
    /// <param name="hands">Of a prediction on this image.</param>
    /// <param name="parts">What to show; a side view has no room here and is left out.</param>
    public static void DrawHands<TPixel>(
        this Image<TPixel> image, IReadOnlyList<HandMesh> hands, OverlayParts parts = OverlayParts.Mesh | OverlayParts.Skeleton)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(hands);
        RgbImage photo = image.ToRgbImage(), drawn = new(1, 1);
        new OverlayRenderer { KeepsSize = true }.Render(photo, hands, drawn, parts & ~OverlayParts.SideView);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                ReadOnlySpan<byte> before = photo.Row(y), after = drawn.Row(y);
                Span<TPixel> row = rows.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                {
                    // Pixels that nothing was drawn on keep their alpha and their finer shades.
                    ReadOnlySpan<byte> colour = after.Slice(3 * x, 3);
                    if (!colour.SequenceEqual(before.Slice(3 * x, 3)))
                    {
                        row[x].FromRgb24(new Rgb24(colour[0], colour[1], colour[2]));
                    }
                }
            }
        });
    }
}
