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

    /// <summary>A keypoint lies where the camera's lens shows nothing.</summary>
    OutsideLens = 32,

    /// <summary>
    /// The image is wider than 75 degrees and no <see cref="Camera.Lens"/> was given: distances may be wrong by 10 to 30 percent
    /// (docs/cameras.md). <see cref="Lens.Pinhole"/> says that the image was rectified.
    /// </summary>
    WideWithoutLens = 64,

    /// <summary>
    /// The hand's size was assumed (<see cref="HandSizeSource.Prior"/>; graphhand's scale of a bone of 5 cm without
    /// <see cref="PredictOptions.BoneLength"/>): distances scale with its error, some percent for adults.
    /// </summary>
    SizeAssumed = 128,

    /// <summary>
    /// The shape fits its image badly, or the network sees another size than was used: the distance may be off by a tenth and more
    /// (docs/systems/mediapipe-hand.md 7.4).
    /// </summary>
    SizeUncertain = 256,

    /// <summary>The frame does not show the hand: its tracker carried it on from the last one that did (<see cref="TrackerOptions.Patience"/>).</summary>
    Predicted = 512,
}
