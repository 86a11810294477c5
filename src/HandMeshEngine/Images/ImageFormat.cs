namespace HandMeshEngine.Images;

/// <summary>Where the pixels of an <see cref="RgbImage"/> came from.</summary>
public enum ImageFormat
{
    /// <summary>Raw pixels handed in by the caller.</summary>
    Raw,

    /// <summary>A JPEG file, baseline, extended sequential or progressive.</summary>
    Jpeg,

    /// <summary>A PNG file.</summary>
    Png,
}
