namespace HandMeshEngine.Cli.Options;

/// <summary>How an image comes by its camera.</summary>
/// <param name="Given">The camera that the user gave, or null: EXIF, else a guess.</param>
/// <param name="GuessIsWelcome">The user asked for a guess.</param>
internal sealed record CameraChoice(Func<PictureSize, Camera>? Given, bool GuessIsWelcome)
{
    /// <summary>What was assumed about the camera, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The camera that was given belongs to pictures before <c>--orientation</c> turns them: calibration files.</summary>
    public bool IsOfStoredFrame { get; init; }

    /// <summary>The camera of an image.</summary>
    /// <param name="image">The picture, turned as asked.</param>
    /// <param name="estimator">Whose system may need a focal length.</param>
    /// <param name="turned">How the picture was turned.</param>
    /// <exception cref="ArgumentException">
    /// The system needs a focal length, and neither the user nor EXIF gives one. The default system gets by with a guess, which its
    /// results carry, and for stand-in weights it does not matter.
    /// </exception>
    public Camera Of(RgbImage image, HandEstimator estimator, FrameOrientation turned = default)
    {
        if (Given is not null)
        {
            return IsOfStoredFrame ? Given(Sized(image, turned)).Oriented(turned) : Given(new PictureSize(image.Width, image.Height));
        }

        Camera? fromPhoto = FromExif(image, turned);
        if (fromPhoto is null && estimator.System.Needs.HasFlag(SystemNeeds.Camera) && !GuessIsWelcome && !estimator.HasStandInWeights)
        {
            throw new ArgumentException(
                $"{estimator.System.Id} needs the focal length and {WhatExifSays(image)}: give --camera fx,fy,cx,cy, --fov DEG or --camera-file FILE, or --camera guess to assume one");
        }

        return fromPhoto ?? Camera.Guess(image.Width, image.Height);
    }

    private static string WhatExifSays(RgbImage image) => image.Info is { FocalLengthIn35mmFilm: { } focal, ExifWidth: { } width, ExifHeight: { } height }
        ? string.Create(CultureInfo.InvariantCulture, $"the photo was cropped since it was taken (EXIF says {focal:0.#} mm for {width}x{height}, this is {image.Width}x{image.Height})")
        : image.Info.FocalLengthMm is { } real
            ? string.Create(CultureInfo.InvariantCulture, $"the photo's EXIF has none (it says {real:0.##} mm, which means nothing without the size of the sensor)")
            : "the photo's EXIF has none";

    private static PictureSize Sized(RgbImage image, FrameOrientation turned) =>
        turned.IsSideways ? new PictureSize(image.Height, image.Width) : new PictureSize(image.Width, image.Height);

    // Focal length and centre are those of the picture as it was before it was turned, and the same along both axes.
    private static Camera? FromExif(RgbImage image, FrameOrientation turned)
    {
        if (turned.IsSideways && image.Info is { ExifWidth: { } width, ExifHeight: { } height })
        {
            image.Info = image.Info with { ExifWidth = height, ExifHeight = width };
        }

        return Camera.FromExif(image);
    }

    /// <summary>A camera in words, for the report.</summary>
    public static string Describe(Camera camera)
    {
        string source = camera.Source == CameraSource.Guess
            ? "guessed: give --camera or --fov for true distances" : camera.Source.ToString().ToLowerInvariant();
        string lens = camera.Lens is { } bent && bent.Model != LensModel.Pinhole ? $" {bent}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"fx {camera.Fx:0.#} fy {camera.Fy:0.#} cx {camera.Cx:0.#} cy {camera.Cy:0.#}{lens} ({source})");
    }
}
