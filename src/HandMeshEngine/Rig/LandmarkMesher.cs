namespace HandMeshEngine.Rig;

/// <summary>
/// From decoded landmarks to a finished hand: lift to camera space, rig fit, skinning. Allocates nothing; one caller at
/// a time.
/// </summary>
/// <param name="movesPalm">Fit the mesh to the network's landmarks by <see cref="LandmarkOffsets"/>; the stored cases are without.</param>
internal sealed class LandmarkMesher(bool movesPalm = false)
{
    // Above this share of the crop the shape does not fit its image: 5.5 pixels of 256 (docs/systems/mediapipe-hand.md 7.4).
    private const double LargeResidual = 5.5 / 256;

    // The network's size strays by 8 percent where it is right.
    private const double LargeDifference = 0.1;

    private readonly RigFit _fit = new();
    private readonly Skinner _skinner = new();

    /// <summary>The stages of the last lift.</summary>
    public CameraSpaceLift Lift { get; } = new();

    /// <summary>The last fit.</summary>
    public RigFit Fit => _fit;

    /// <summary>A result object for this mesher.</summary>
    public static HandMesh NewHand() => new(HandRig.Right.Surface);

    /// <summary>The same for landmarks of the image itself: the hand's keypoints, which must be there already.</summary>
    public void Fill(
        HandMesh hand,
        ReadOnlySpan<float> z,
        ReadOnlySpan<Vector3> world,
        Handedness handedness,
        double? handSize = null,
        HandSize? history = null,
        bool prior = false) => Fill(hand, hand.Keypoints, null, z, world, handedness, handSize, history, prior);

    /// <summary>
    /// Fills everything of <paramref name="hand"/> that follows from the landmarks; its camera must be there already. Scores, crop and id are the caller's business.
    /// </summary>
    /// <param name="hand">The camera is read; geometry, handedness and placement are written.</param>
    /// <param name="uv">[21] pixels of the view from its axis, or those of the image.</param>
    /// <param name="view">The turned view that the landmarks belong to; null: the camera itself.</param>
    /// <param name="z">[21] depth relative to the wrist, network units.</param>
    /// <param name="world">[21] metres, axes of the view or the image, own origin.</param>
    /// <param name="handedness">Which rig to use.</param>
    /// <param name="handSize">Known total bone length in metres, or null.</param>
    /// <param name="history">Sizes of the same hand in earlier frames, or null.</param>
    /// <param name="prior">Take an adult's size where neither is known.</param>
    /// <param name="filter">What stills a video's joints, or null.</param>
    /// <param name="seconds">Since the filter's last hand.</param>
    public void Fill(
        HandMesh hand,
        ReadOnlySpan<Vector2> uv,
        TurnedView? view,
        ReadOnlySpan<float> z,
        ReadOnlySpan<Vector3> world,
        Handedness handedness,
        double? handSize = null,
        HandSize? history = null,
        bool prior = false,
        HandFilter? filter = null,
        double seconds = 0)
    {
        Intrinsics camera = view is { } turned ? new Intrinsics(turned.Focal, turned.Focal, 0, 0) : hand.Camera.Intrinsics;
        HandSizeSource source = handSize is not null ? HandSizeSource.Given
            : history is not null ? HandSizeSource.Track
            : prior ? HandSizeSource.Prior : HandSizeSource.Network;
        Lift.Solve(uv, z, world, camera, source == HandSizeSource.Prior ? PredictOptions.AdultHandSize : handSize, history);
        hand.Size = (float)HandSize.Bones(Lift.Fused);
        hand.SizeSource = source == HandSizeSource.Track && !history!.IsLearnt ? HandSizeSource.Prior : source;
        hand.Placement = Place(hand, camera.Fx);
        if (view is { } from)
        {
            Lift.Turn(from.Rotation.Transposed);
        }

        Vector3d shift = Still(hand, filter, seconds);
        HandRig rig = handedness == Handedness.Right ? HandRig.Right : HandRig.Left;
        _fit.Solve(rig, rig.KeyJoints, Lift.Joints, movesPalm);
        hand.PalmIsMoved = movesPalm;
        _skinner.Skin(rig, _fit.Bones, hand.Refill(rig.Surface));
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            hand.WritableJoints[i] = Lift.Joints[i].ToSingle();
            hand.WritableRelativeJoints[i] = Lift.Fused[i].ToSingle();
        }

        hand.Handedness = handedness;
        hand.Translation = hand.Placement.IsPlaced ? (Lift.Root.Translation + shift).ToSingle() : default;
    }

    // By how much the filter moves the wrist. A hand without a place begins anew when it has one.
    private Vector3d Still(HandMesh hand, HandFilter? filter, double seconds)
    {
        if (filter is null || !hand.Placement.IsPlaced)
        {
            filter?.Reset();
            return default;
        }

        Vector3d wrist = Lift.Joints[0];
        filter.Apply(seconds, Lift.WritableJoints, []);
        return Lift.Joints[0] - wrist;
    }

    private Placement Place(HandMesh hand, double focal)
    {
        PlacementFlags flags = Lift.Flags | hand.Camera.Flags;
        flags |= hand.SizeSource == HandSizeSource.Prior ? PlacementFlags.SizeAssumed : 0;
        double pixels = Lift.Flags == PlacementFlags.None ? Lift.Root.Residual / Lift.Root.Translation.Z * focal : 0;
        bool differs = Math.Abs((Lift.NetworkSize / hand.Size) - 1) > LargeDifference;
        flags |= hand.SizeSource != HandSizeSource.Given && (differs || pixels > LargeResidual * hand.Crop.Width) ? PlacementFlags.SizeUncertain : 0;
        return new Placement((float)Lift.Root.Condition, (float)pixels, flags);
    }
}
