namespace HandMeshEngine.ImageSharp;

/// <summary>What a picture file may ask for. Sizes are checked before pixels are decoded.</summary>
public sealed record ImageFileLimits
{
    /// <summary>Most pixels: 2^26 by default, which is also the most that the engine takes.</summary>
    public int MaxPixels { get; init; } = 1 << 26;

    /// <summary>Most bytes of a file: 256 MiB by default.</summary>
    public int MaxFileBytes { get; init; } = 1 << 28;

    /// <summary>Most MiB of any one buffer of the decoder: 512 by default (64 megapixels at 8 bytes each).</summary>
    public int MaxBufferMegabytes { get; init; } = 512;

    /// <summary>
    /// Longest time for one file: 20 s by default. A decoder that does not end by then is asked to stop and left behind; the call
    /// ends all the same.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(20);
}
