namespace HandMeshEngine;

/// <summary>What the caller knows about one image. Reuse one object for many predictions.</summary>
public sealed record PredictOptions
{
    // What lies beyond is a slip of units, and would overflow single precision further on.
    private const double ShortestMetres = 0.001;
    private const double LongestMetres = 1000;

    /// <summary>
    /// Total length of an adult's 20 bones, metres: the middle of the range that was best on real hands and on renders
    /// (docs/systems/mediapipe-hand.md 7.4). A child's of ten is about 0.65: give it, or distances come out a quarter too far.
    /// </summary>
    public const double AdultHandSize = 0.825;

    /// <summary>Nothing known.</summary>
    public static PredictOptions None { get; } = new();

    /// <summary>Where the hand is, pixels of the upright image; null lets the palm detector look.</summary>
    public HandBox? Box { get; init; }

    /// <summary>The box is the square that the network is to see: it is not enlarged. Usually boxes fit a hand, and systems enlarge them.</summary>
    public bool BoxIsCrop { get; init; }

    /// <summary>Which hand it is; null lets the network say.</summary>
    public Handedness? Handedness { get; init; }

    /// <summary>
    /// Total length of the hand's 20 bones in metres, if known: most of the error in depth is the unknown hand size
    /// (docs/systems/mediapipe-hand.md 7.4; <c>handmesh measure</c> says what yours is).
    /// </summary>
    public double? HandSize { get; init; }

    /// <summary>
    /// Take <see cref="AdultHandSize"/> where no size is known, and start a video's median from it; otherwise the network's own size, which
    /// is 6 mm further from the truth on average.
    /// </summary>
    public bool UsesSizePrior { get; init; } = true;

    /// <summary>Depth of the wrist in metres, if known; graphhand and handar do not estimate it.</summary>
    public double? RootDepth { get; init; }

    /// <summary>Length of the middle finger's first bone (joint 9 to 10) in metres, if known: graphhand scales its mesh by it.</summary>
    public double? BoneLength { get; init; }

    /// <summary>
    /// CUDA: device address for the vertices of the hands, one hand after the other, three floats a vertex, metres, camera space; zero
    /// leaves them to the result. They are written by work in the estimator's stream, which <c>Predict</c> does not wait for, and the hands
    /// of the result then hold no geometry, only box, side and scores. For systems that place the mesh in their network (<c>handdgp</c>
    /// without virtual camera), without a lens model. With <see cref="Box"/> and <see cref="Handedness"/> nothing else waits either; before
    /// a second hand, the first is waited for (docs/cuda.md).
    /// </summary>
    public ulong DeviceVertices { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentException">A length is not a number from 1 mm to 1 km, or the box lies outside the image.</exception>
    internal void Validate(int imageWidth, int imageHeight)
    {
        Box?.Validate(imageWidth, imageHeight);
        RequireLength(HandSize, "hand size");
        RequireLength(RootDepth, "depth of the wrist");
        RequireLength(BoneLength, "bone length");
    }

    private static void RequireLength(double? metres, string what)
    {
        if (metres is { } length && !(length is >= ShortestMetres and <= LongestMetres))
        {
            throw new ArgumentException(FormattableString.Invariant($"the {what} of {length} m must be a number from {ShortestMetres} to {LongestMetres}"));
        }
    }
}
