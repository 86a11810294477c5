namespace HandMeshEngine;

/// <summary>
/// An upright rectangle around a hand, in pixels of the upright image; it may reach beyond the image but must overlap it.
/// </summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, above 0.</param>
/// <param name="Height">Height, above 0.</param>
public readonly record struct HandBox(double X, double Y, double Width, double Height)
{
    /// <summary>Horizontal middle.</summary>
    public double CenterX => X + (Width / 2);

    /// <summary>Vertical middle.</summary>
    public double CenterY => Y + (Height / 2);

    /// <summary>Checks that this box is a rectangle that overlaps an image.</summary>
    /// <exception cref="ArgumentException">A number is not finite, the box has no area, or it lies outside the image.</exception>
    public void Validate(int imageWidth, int imageHeight)
    {
        if (!double.IsFinite(X) || !double.IsFinite(Y) || !double.IsFinite(Width) || !double.IsFinite(Height))
        {
            throw Refused("has a number that is not finite", imageWidth, imageHeight);
        }

        if (!(Width > 0) || !(Height > 0))
        {
            throw Refused("is empty", imageWidth, imageHeight);
        }

        if (X >= imageWidth || Y >= imageHeight || X + Width <= 0 || Y + Height <= 0)
        {
            throw Refused("lies outside the image", imageWidth, imageHeight);
        }
    }

    /// <summary>Intersection over union, 0 to 1.</summary>
    internal double OverlapWith(in HandBox other)
    {
        double width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        double height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        double shared = Math.Max(width, 0) * Math.Max(height, 0);
        return shared / ((Width * Height) + (other.Width * other.Height) - shared);
    }

    private ArgumentException Refused(string problem, int width, int height) => new(FormattableString.Invariant(
        $"the box x {X}, y {Y}, width {Width}, height {Height} {problem}; give a box inside the {width}x{height} image"));
}
