namespace HandMeshEngine;

/// <summary>How a <see cref="LiveTracker"/> takes frames and follows hands.</summary>
public sealed record LiveOptions
{
    /// <summary>Most value of <see cref="Queue"/>: each place holds a copy of a frame.</summary>
    public const int LongestQueue = 64;

    /// <summary>Frames that may wait, 1 to <see cref="LongestQueue"/>; the oldest one is dropped for a newer. One frame waiting is the least latency.</summary>
    public int Queue { get; init; } = 1;

    /// <summary>How hands are followed.</summary>
    public TrackerOptions Tracking { get; init; } = TrackerOptions.Default;
}
