namespace HandMeshEngine.Images;

/// <summary>
/// What a picture file says about itself besides its pixels. Numbers that the file lacks, or that make no sense, are null.
/// Values with an axis belong to the axes of the decoded image, that is after <see cref="Orientation"/> was applied.
/// </summary>
public readonly record struct ImageInfo
{
    /// <summary>The file format.</summary>
    public ImageFormat Format { get; init; }

    /// <summary>
    /// The EXIF orientation found in the file, 1 to 8, or 1 if there is none. It has been applied: the pixels are upright.
    /// </summary>
    public int Orientation { get; init; }

    /// <summary>EXIF FocalLengthIn35mmFilm in millimetres: the focal length that gives this view on 36 x 24 mm film.</summary>
    public double? FocalLengthIn35mmFilm { get; init; }

    /// <summary>EXIF FocalLength: the true focal length of the lens in millimetres.</summary>
    public double? FocalLengthMm { get; init; }

    /// <summary>EXIF focal-plane resolution along x, converted to pixels per millimetre of the sensor.</summary>
    public double? FocalPlanePixelsPerMmX { get; init; }

    /// <summary>EXIF focal-plane resolution along y, converted to pixels per millimetre of the sensor.</summary>
    public double? FocalPlanePixelsPerMmY { get; init; }

    /// <summary>
    /// The width in pixels that EXIF states (PixelXDimension). If it differs from the image's, the picture was resized or
    /// cropped after it was taken.
    /// </summary>
    public int? ExifWidth { get; init; }

    /// <summary>The height in pixels that EXIF states (PixelYDimension).</summary>
    public int? ExifHeight { get; init; }

    /// <summary>
    /// What is wrong with the file although its picture could be decoded, a sentence each: a missing end, a wrong check sum behind the
    /// last byte that is needed. Empty for a sound file.
    /// </summary>
    public IReadOnlyList<string> Notes
    {
        get => field ?? [];
        init;
    }

    /// <summary>Metadata of raw pixels and of files that carry none.</summary>
    internal static ImageInfo Plain(ImageFormat format) => new() { Format = format, Orientation = 1 };
}
