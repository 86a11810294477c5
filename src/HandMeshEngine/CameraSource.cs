namespace HandMeshEngine;

/// <summary>Where a <see cref="Camera"/>'s focal length comes from.</summary>
public enum CameraSource
{
    /// <summary>The caller gave calibrated numbers.</summary>
    Given,

    /// <summary>From the 35 mm equivalent focal length in the picture's EXIF data.</summary>
    Exif,

    /// <summary>From a field of view that the caller gave.</summary>
    Fov,

    /// <summary>Assumed; distances scale with the error of the assumption.</summary>
    Guess,
}
