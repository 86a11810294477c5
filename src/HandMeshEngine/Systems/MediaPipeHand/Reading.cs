namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>A crop to be read by the landmark network, and what it read.</summary>
internal struct Reading
{
    /// <summary>Index of the image.</summary>
    public int Frame;

    /// <summary>Where to look; after a pass, where the next one looks.</summary>
    public Crop Crop;

    /// <summary>Where the first pass looked.</summary>
    public Crop Start;

    /// <summary>Passes of the network, 1 to 3.</summary>
    public int Passes;

    /// <summary>The crop is cut from the image itself, not from a view that is turned to it.</summary>
    public bool IsFlat;

    /// <summary>The network sees the crop of a view as in a mirror.</summary>
    public bool IsMirrored;

    /// <summary>Score of the palm that led here; null after a box.</summary>
    public float? PalmScore;

    /// <summary>What the last pass read.</summary>
    public Landmarks To;

    /// <summary>Whether every pass saw a hand.</summary>
    public bool IsHand;

    /// <summary>Its place in the pass that runs; below zero if it takes no part.</summary>
    public int Item;

    /// <summary>The turned view of the pass that runs; null for a crop of the image.</summary>
    public TurnedView? View;
}
