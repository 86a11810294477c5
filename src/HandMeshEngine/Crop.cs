namespace HandMeshEngine;

/// <summary>
/// The rectangle of the image that a network saw (MediaPipe calls it ROI): pixels of the upright image, turned by
/// <see cref="Angle"/> from the image's x axis toward its y axis, which points down.
/// </summary>
/// <param name="CenterX">Centre, pixels.</param>
/// <param name="CenterY">Centre, pixels.</param>
/// <param name="Width">Extent along the crop's own x axis, pixels.</param>
/// <param name="Height">Extent along the crop's own y axis, pixels.</param>
/// <param name="Angle">Radians.</param>
public readonly record struct Crop(double CenterX, double CenterY, double Width, double Height, double Angle)
{
    /// <summary>
    /// Tensor index (column, row) to image pixel for a <paramref name="size"/>-square tensor, without a half-pixel
    /// term on either side (docs/systems/mediapipe-hand.md 2.1).
    /// </summary>
    internal Affine2 Sampling(int size)
    {
        (double sin, double cos) = Math.SinCos(Angle);
        double a = Width * cos / size, b = -Height * sin / size, d = Width * sin / size, e = Height * cos / size;
        double half = size / 2.0;
        return new Affine2(a, b, CenterX - ((a + b) * half), d, e, CenterY - ((d + e) * half));
    }

    /// <summary>
    /// Overlap of two crops, intersection over union of the upright rectangles: rotation is ignored on purpose
    /// (docs/systems/mediapipe-hand.md 4.4).
    /// </summary>
    internal double UprightOverlap(in Crop other)
    {
        double shared = Shared(other);
        double union = (Width * Height) + (other.Width * other.Height) - shared;
        return union > 0 ? shared / union : 0;
    }

    /// <summary>How much of this crop's upright rectangle lies within another's, 0 to 1.</summary>
    internal double UprightShareWithin(in Crop other) => Width * Height > 0 ? Shared(other) / (Width * Height) : 0;

    private double Shared(in Crop other)
    {
        double width = Math.Min(CenterX + (Width / 2), other.CenterX + (other.Width / 2))
            - Math.Max(CenterX - (Width / 2), other.CenterX - (other.Width / 2));
        double height = Math.Min(CenterY + (Height / 2), other.CenterY + (other.Height / 2))
            - Math.Max(CenterY - (Height / 2), other.CenterY - (other.Height / 2));
        return Math.Max(width, 0) * Math.Max(height, 0);
    }
}
