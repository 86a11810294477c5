namespace HandMeshEngine.Server.Scheduling;

/// <summary>One image of a request with what is known about it. The memory belongs to the request.</summary>
internal sealed record Picture
{
    /// <summary>A file's bytes, or pixels.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Size of pixels; 0 where the bytes are a file.</summary>
    public int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; init; }

    /// <summary>fx, fy, cx, cy; null where they are not known.</summary>
    public double[]? Intrinsics { get; init; }

    /// <summary>Horizontal field of view in degrees, where it is known instead.</summary>
    public double? FieldOfView { get; init; }

    /// <summary>Box, side, lengths.</summary>
    public PredictOptions Options { get; init; } = PredictOptions.None;

    /// <summary>Whether the bytes are pixels already.</summary>
    public bool IsPixels => Width > 0;

    /// <summary>The camera: as given, else from EXIF, else a guess, which the placement's flags then say.</summary>
    /// <exception cref="ArgumentException">The numbers are no camera.</exception>
    public Camera CameraOf(int width, int height, RgbImage? decoded) =>
        Intrinsics is [double fx, double fy, double cx, double cy] ? new Camera(fx, fy, cx, cy, width, height)
        : FieldOfView is { } degrees ? Camera.FromFieldOfView(width, height, degrees)
        : (decoded is null ? null : Camera.FromExif(decoded)) ?? Camera.Guess(width, height);
}
