using HandMeshEngine.Rig;

namespace HandMeshEngine;

/// <summary>
/// The resting hand of one side that poses turn: its joints, its skin, and who moves whom. The same for all systems; the mesh of the
/// default system is this skin. Immutable, safe on any thread.
/// </summary>
/// <remarks>
/// A pose (<see cref="HandPose"/>) moves the skin by linear blending: vertex = sum over the four influences of weight times
/// P + Q (S * (Qr' (v - h))), with P and Q the joint's position and orientation, S its <see cref="HandPose.Scales"/>, h and Qr position
/// and orientation at rest, v the vertex at rest, * by component (docs/systems/mediapipe-hand.md 8).
/// </remarks>
public sealed class HandSkeleton
{
    /// <summary>Number of joints, one for each <see cref="HandJoint"/>.</summary>
    public const int JointCount = 25;

    /// <summary>Joints that move one vertex.</summary>
    public const int Influences = HandRig.Influences;

    private static readonly string[] _names =
    [
        "wrist",
        "thumb-metacarpal", "thumb-phalanx-proximal", "thumb-phalanx-distal", "thumb-tip",
        .. FingerNames("index"), .. FingerNames("middle"), .. FingerNames("ring"), .. FingerNames("pinky"),
    ];

    // Landmarks 1 to 20 are all joints but the wrist and the four metacarpals (docs/systems/mediapipe-hand.md 8).
    private static readonly HandJoint[] _ofLandmark =
    [
        HandJoint.Wrist,
        HandJoint.ThumbMetacarpal, HandJoint.ThumbProximal, HandJoint.ThumbDistal, HandJoint.ThumbTip,
        HandJoint.IndexProximal, HandJoint.IndexIntermediate, HandJoint.IndexDistal, HandJoint.IndexTip,
        HandJoint.MiddleProximal, HandJoint.MiddleIntermediate, HandJoint.MiddleDistal, HandJoint.MiddleTip,
        HandJoint.RingProximal, HandJoint.RingIntermediate, HandJoint.RingDistal, HandJoint.RingTip,
        HandJoint.LittleProximal, HandJoint.LittleIntermediate, HandJoint.LittleDistal, HandJoint.LittleTip,
    ];

    private static readonly Lazy<HandSkeleton> _left = new(() => new HandSkeleton(HandRig.Left));
    private static readonly Lazy<HandSkeleton> _right = new(() => new HandSkeleton(HandRig.Right));

    private readonly JointPose[] _rest = new JointPose[JointCount];
    private readonly byte[] _joints;
    private readonly float[] _weights;

    private HandSkeleton(HandRig rig)
    {
        Rig = rig;
        for (int joint = 0; joint < JointCount; joint++)
        {
            BoneOf[joint] = Array.IndexOf(rig.BoneNames, _names[joint]);
            int bone = BoneOf[joint];
            Vector3 head = rig.Heads[bone].ToSingle();
            _rest[joint] = new JointPose(head, Rotations.ToQuaternion(rig.Orientations[bone]), Nearest(rig.RestVertices, head));
        }

        for (int landmark = 4; landmark < HandMesh.JointCount; landmark += 4)
        {
            ref JointPose tip = ref _rest[(int)JointOf(landmark)];
            Vector3 place = rig.RestJoints[landmark].ToSingle();
            tip = tip with { Position = place, Radius = Nearest(rig.RestVertices, place) };
        }

        _joints = new byte[Influences * rig.RestVertices.Length];
        _weights = new float[_joints.Length];
        for (int i = 0; i < _joints.Length; i++)
        {
            int bone = (int)((rig.BoneIndices[i / Influences] >> (8 * (i % Influences))) & 255);
            _joints[i] = (byte)Array.IndexOf(BoneOf, bone);
            _weights[i] = rig.Weights[i / Influences][i % Influences];
        }
    }

    /// <summary>The hand at rest: [25] joints in <see cref="HandJoint"/> order, metres, axes of the rig (open hand, fingers toward -Y).</summary>
    public ReadOnlySpan<JointPose> Rest => _rest;

    /// <summary>[1360] the skin at rest, metres, axes of the rig.</summary>
    public ReadOnlySpan<Vector3> Vertices => Rig.RestVertices;

    /// <summary>Triangles, three vertex indices each, counter-clockwise seen from outside.</summary>
    public ReadOnlySpan<int> Faces => Rig.Surface.Faces;

    /// <summary>[1360 * 4] the joints that move each vertex, numbers of <see cref="HandJoint"/>.</summary>
    public ReadOnlySpan<byte> VertexJoints => _joints;

    /// <summary>[1360 * 4] how much they do; the four of a vertex sum to 1.</summary>
    public ReadOnlySpan<float> VertexWeights => _weights;

    /// <summary>The rig that this is.</summary>
    internal HandRig Rig { get; }

    /// <summary>[25] number of a joint in the rig's skin.</summary>
    internal int[] BoneOf { get; } = new int[JointCount];

    /// <summary>The skeleton of a hand.</summary>
    public static HandSkeleton Of(Handedness side) => side == Handedness.Right ? _right.Value : _left.Value;

    /// <summary>The joint's name in WebXR, such as <c>index-finger-phalanx-proximal</c>.</summary>
    public static string WebXrName(HandJoint joint) => _names[(int)joint];

    /// <summary>The joint on which another hangs; null for the wrist.</summary>
    public static HandJoint? Parent(HandJoint joint) =>
        joint == HandJoint.Wrist ? null : ((int)joint % 5) == (joint < HandJoint.IndexMetacarpal ? 1 : 0) ? HandJoint.Wrist : joint - 1;

    /// <summary>Whether it ends a finger: a tip has a place and its bone's orientation, and moves no skin.</summary>
    public static bool IsTip(HandJoint joint) => joint is HandJoint.ThumbTip or HandJoint.IndexTip or HandJoint.MiddleTip or HandJoint.RingTip or HandJoint.LittleTip;

    /// <summary>The joint at one of the 21 places of <see cref="HandMesh.Joints"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are 21.</exception>
    public static HandJoint JointOf(int landmark) => (uint)landmark < HandMesh.JointCount
        ? _ofLandmark[landmark]
        : throw new ArgumentOutOfRangeException(nameof(landmark), landmark, $"a hand has joints 0 to {HandMesh.JointCount - 1}");

    /// <summary>Distance from a place to the nearest vertex, metres.</summary>
    internal static float Nearest(ReadOnlySpan<Vector3> vertices, Vector3 place)
    {
        float least = float.PositiveInfinity;
        foreach (Vector3 vertex in vertices)
        {
            least = Math.Min(least, Vector3.DistanceSquared(vertex, place));
        }

        return float.IsFinite(least) ? MathF.Sqrt(least) : 0;
    }

    private static string[] FingerNames(string finger) =>
    [
        $"{finger}-finger-metacarpal", $"{finger}-finger-phalanx-proximal", $"{finger}-finger-phalanx-intermediate",
        $"{finger}-finger-phalanx-distal", $"{finger}-finger-tip",
    ];
}
