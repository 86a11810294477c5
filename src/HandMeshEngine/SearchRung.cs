namespace HandMeshEngine;

/// <summary>
/// How far the search for hands goes (docs/systems/mediapipe-hand.md 4.6): the rungs of a ladder, each of which is tried only where all
/// before it led to no hand.
/// </summary>
public enum SearchRung
{
    /// <summary>The palms of the whole frame; the only rung on most pictures.</summary>
    Frame,

    /// <summary>Its palms of low score, which the landmark network judges.</summary>
    LowScores,

    /// <summary>Square tiles of the frame, for small hands.</summary>
    Tiles,

    /// <summary>The frame and its tiles smoothed, brightened if dark, tinted if gray.</summary>
    Treated,

    /// <summary>The other size of the palm detector on the same pictures.</summary>
    SecondDetector,

    /// <summary>The landmark network on the whole frame in four turns, for hands that fill it.</summary>
    Turns,
}
