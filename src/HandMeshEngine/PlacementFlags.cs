namespace HandMeshEngine;

/// <summary>What to know before trusting a hand's place in camera space.</summary>
[Flags]
public enum PlacementFlags
{
    /// <summary>Nothing to add.</summary>
    None = 0,

    /// <summary>The focal length was assumed (<see cref="Camera.Guess"/>): distances scale with its error.</summary>
    GuessedCamera = 1,

    /// <summary>The box centre lies outside the view that the network was trained for.</summary>
    OffAxis = 2,

    /// <summary>The distance of the hand was assumed, not estimated or given.</summary>
    GuessedRoot = 4,

    /// <summary>The root solve found no place: coordinates are metres relative to the hand, not to the camera.</summary>
    Degenerate = 8,

    /// <summary>Part of the hand came out behind the camera or closer than 5 cm.</summary>
    BehindCamera = 16,
}
