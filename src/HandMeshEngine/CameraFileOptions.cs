namespace HandMeshEngine;

/// <summary>What a calibration file does not say by itself.</summary>
public sealed record CameraFileOptions
{
    /// <summary>Which of several cameras; null takes the first and says so.</summary>
    public string? CameraName { get; init; }

    /// <summary>The images were rectified with this file: its projection matrix counts, and no lens.</summary>
    public bool Rectified { get; init; }

    /// <summary>The four coefficients of an OpenCV file are those of a fisheye calibration.</summary>
    public bool Fisheye { get; init; }

    /// <summary>Accept a lens that covers only a part of the image, see <see cref="Camera.WithLens"/>.</summary>
    public bool AllowPartial { get; init; }
}
