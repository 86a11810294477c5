namespace HandMeshEngine;

/// <summary>What the caller knows about one image. Reuse one object for many predictions.</summary>
public sealed record PredictOptions
{
    /// <summary>Nothing known.</summary>
    public static PredictOptions None { get; } = new();

    /// <summary>Where the hand is, pixels of the upright image; null lets the palm detector look.</summary>
    public HandBox? Box { get; init; }

    /// <summary>Which hand it is; null lets the network say.</summary>
    public Handedness? Handedness { get; init; }

    /// <summary>
    /// Total length of the hand's 20 bones in metres, if known: most of the error in depth is the unknown hand size (spec
    /// mediapipe-hand 7.4; an adult's is about 1.4).
    /// </summary>
    public double? HandSize { get; init; }
}
