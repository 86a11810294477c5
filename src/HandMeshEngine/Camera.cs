using HandMeshEngine.Images;

namespace HandMeshEngine;

/// <summary>
/// A camera: u = Fx X/Z + Cx, v = Fy Y/Z + Cy, with X right, Y down, Z forward in metres and u, v in pixels of
/// the upright image (after EXIF orientation), pixel centres at integers; a <see cref="HandMeshEngine.Lens"/> bends the rays before
/// (docs/cameras.md). Immutable.
/// </summary>
public sealed partial record Camera
{
    // Diagonal of the 36x24 mm film frame, to which "35 mm equivalent" refers.
    private const double FilmDiagonalMm = 43.2666;

    // No lens is beyond these, and single precision still places a hand.
    // A fisheye has some 8 mm, the longest lenses for sale have 2 m; other numbers in EXIF are damage, or stand for "unknown".
    private const double ShortestExifMm = 1;
    private const double LongestExifMm = 10_000;

    private const double ShortestPx = 0.001;
    private const double LongestPx = 1e8;

    /// <summary>A calibrated camera.</summary>
    /// <param name="fx">Horizontal focal length in pixels.</param>
    /// <param name="fy">Vertical focal length in pixels.</param>
    /// <param name="cx">Principal point, pixels from the left.</param>
    /// <param name="cy">Principal point, pixels from the top.</param>
    /// <param name="width">Width of the image these numbers belong to, if known; then other sizes are refused.</param>
    /// <param name="height">Height of that image, if known.</param>
    /// <exception cref="ArgumentException">A focal length is not a number from 0.001 to 1e8, the principal point is not a number up to 1e8
    /// on either side, or a size is not positive.</exception>
    public Camera(double fx, double fy, double cx, double cy, int? width = null, int? height = null)
        : this(fx, fy, cx, cy, width, height, CameraSource.Given)
    {
    }

    private Camera(double fx, double fy, double cx, double cy, int? width, int? height, CameraSource source)
    {
        if (!(fx is >= ShortestPx and <= LongestPx) || !(fy is >= ShortestPx and <= LongestPx))
        {
            throw new ArgumentException(Text(
                $"the focal lengths ({fx}, {fy}) must be finite numbers from {ShortestPx} to {LongestPx}; they are pixels, often near the image width"));
        }

        if (!(Math.Abs(cx) <= LongestPx) || !(Math.Abs(cy) <= LongestPx))
        {
            throw new ArgumentException(Text(
                $"the principal point ({cx}, {cy}) must be finite and at most {LongestPx}; it is in pixels, usually near the image centre"));
        }

        if (width is <= 0 || height is <= 0 || (width is null) != (height is null))
        {
            throw new ArgumentException(Text(
                $"the camera's image size ({width?.ToString(CultureInfo.InvariantCulture) ?? "none"} x {height?.ToString(CultureInfo.InvariantCulture) ?? "none"}) must be two numbers above 0, or left out"));
        }

        (Fx, Fy, Cx, Cy, Width, Height, Source) = (fx, fy, cx, cy, width, height, source);
    }

    /// <summary>Horizontal focal length, pixels.</summary>
    public double Fx { get; }

    /// <summary>Vertical focal length, pixels.</summary>
    public double Fy { get; }

    /// <summary>Principal point, pixels from the centre of the leftmost column.</summary>
    public double Cx { get; }

    /// <summary>Principal point, pixels from the centre of the top row.</summary>
    public double Cy { get; }

    /// <summary>Width of the image these numbers belong to, if it was stated.</summary>
    public int? Width { get; }

    /// <summary>Height of the image these numbers belong to, if it was stated.</summary>
    public int? Height { get; }

    /// <summary>How the focal length comes from.</summary>
    public CameraSource Source { get; }

    internal Intrinsics Intrinsics => new(Fx, Fy, Cx, Cy);

    /// <summary>Square pixels, centred, with a horizontal field of view.</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="degrees">Full angle between the left and the right edge of the image, above 0 and below 180.</param>
    /// <exception cref="ArgumentException">The angle or the size is out of range.</exception>
    public static Camera FromFieldOfView(int width, int height, double degrees)
    {
        if (!(degrees > 0 && degrees < 180))
        {
            throw new ArgumentException(Text($"the horizontal field of view ({degrees} degrees) must lie between 0 and 180"));
        }

        return Centred(width / 2.0 / Math.Tan(degrees * Math.PI / 360), width, height, CameraSource.Fov);
    }

    /// <summary>Square pixels, centred, with the 35 mm equivalent focal length that cameras write into EXIF
    /// (FocalLengthIn35mmFilm): f = f35 * sqrt(W^2 + H^2) / 43.2666 (docs/systems/mediapipe-hand.md 2).</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="focalLength35Mm">Equivalent focal length in millimetres.</param>
    /// <exception cref="ArgumentException">The focal length or the size is out of range.</exception>
    public static Camera FromExif(int width, int height, double focalLength35Mm)
    {
        if (!(focalLength35Mm > 0) || !double.IsFinite(focalLength35Mm))
        {
            throw new ArgumentException(Text(
                $"the EXIF focal length ({focalLength35Mm} mm) must be a finite number above 0; give a camera or a field of view instead"));
        }

        double diagonal = Math.Sqrt(((double)width * width) + ((double)height * height));
        return Centred(focalLength35Mm * diagonal / FilmDiagonalMm, width, height, CameraSource.Exif);
    }

    /// <summary>The camera that a picture's EXIF data describes, or null if it states no 35 mm equivalent focal length, or one that no
    /// camera has, or the picture was cropped since (its proportions are not those that EXIF states).</summary>
    public static Camera? FromExif(RgbImage image)
    {
        // Rounding when a picture is made smaller changes its proportions by less than this.
        const double sameProportions = 0.02;
        ArgumentNullException.ThrowIfNull(image);
        if (image.Info.FocalLengthIn35mmFilm is not double focal)
        {
            return null;
        }

        double stated = (image.Info.ExifWidth ?? image.Width) / (double)(image.Info.ExifHeight ?? image.Height);
        // Some editors turn the pixels and leave the size as it was; the diagonal, which the focal length belongs to, stays.
        bool cropped = Math.Abs((stated * image.Height / image.Width) - 1) > sameProportions
            && Math.Abs((image.Height / stated / image.Width) - 1) > sameProportions;
        return cropped || !(focal is >= ShortestExifMm and <= LongestExifMm) ? null : FromExif(image.Width, image.Height, focal);
    }

    /// <summary>
    /// Assumes f = max(width, height), centred: a 53 degree view across the longer side. Shapes hardly suffer;
    /// distances are wrong by as much as the guess is. Results carry <see cref="PlacementFlags.GuessedCamera"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The size is not positive.</exception>
    public static Camera Guess(int width, int height) =>
        Centred(Math.Max(width, height), width, height, CameraSource.Guess);

    /// <summary>What every result of this camera has to say.</summary>
    internal PlacementFlags Flags => Source == CameraSource.Guess ? PlacementFlags.GuessedCamera : PlacementFlags.None;

    // Pixel centres are at integers: the outer edges of the image lie at -0.5 and width - 0.5.
    private static Camera Centred(double focal, int width, int height, CameraSource source) =>
        new(focal, focal, (width - 1) / 2.0, (height - 1) / 2.0, width, height, source);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
