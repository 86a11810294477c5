using System.Numerics;
using HandMeshEngine.Cameras;

namespace HandMeshEngine.Rig;

/// <summary>
/// From decoded landmarks to a finished hand: lift to camera space, rig fit, skinning. Allocates nothing; one caller at
/// a time.
/// </summary>
internal sealed class LandmarkMesher
{
    private readonly RigFit _fit = new();
    private readonly Skinner _skinner = new();

    /// <summary>The stages of the last lift.</summary>
    public CameraSpaceLift Lift { get; } = new();

    /// <summary>The last fit.</summary>
    public RigFit Fit => _fit;

    /// <summary>A result object for this mesher.</summary>
    public static HandMesh NewHand() => new(HandRig.Right.Surface);

    /// <summary>
    /// Fills everything of <paramref name="hand"/> that follows from the landmarks: its keypoints must be there
    /// already, and its camera. Scores, crop and id are the caller's business.
    /// </summary>
    /// <param name="hand">Keypoints and camera are read; geometry, handedness and placement are written.</param>
    /// <param name="z">[21] depth relative to the wrist, network units.</param>
    /// <param name="world">[21] metres, image-aligned axes, own origin.</param>
    /// <param name="handedness">Which rig to use.</param>
    /// <param name="handSize">Known total bone length in metres, or null.</param>
    /// <param name="history">Sizes of the same hand in earlier frames, or null.</param>
    public void Fill(
        HandMesh hand,
        ReadOnlySpan<float> z,
        ReadOnlySpan<Vector3> world,
        Handedness handedness,
        double? handSize = null,
        HandSize? history = null)
    {
        Lift.Solve(hand.Keypoints, z, world, hand.Camera.Intrinsics, handSize, history);
        HandRig rig = handedness == Handedness.Right ? HandRig.Right : HandRig.Left;
        _fit.Solve(rig, Lift.Joints);
        _skinner.Skin(rig, _fit.Bones, hand.Refill(rig.Surface));
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            hand.WritableJoints[i] = Lift.Joints[i].ToSingle();
            hand.WritableRelativeJoints[i] = Lift.Fused[i].ToSingle();
        }

        hand.Handedness = handedness;
        hand.Placement = Place(hand.Camera);
        hand.Translation = hand.Placement.IsPlaced ? Lift.Root.Translation.ToSingle() : default;
    }

    private Placement Place(Camera camera)
    {
        PlacementFlags flags = Lift.Flags | (camera.Source == CameraSource.Guess ? PlacementFlags.GuessedCamera : 0);
        double pixels = Lift.Flags == PlacementFlags.None ? Lift.Root.Residual / Lift.Root.Translation.Z * camera.Fx : 0;
        return new Placement((float)Lift.Root.Condition, (float)pixels, flags);
    }
}
