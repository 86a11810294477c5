namespace HandMeshEngine;

/// <summary>
/// Everything of a hand that has a place or a direction, in another frame of reference. Refilled without allocating once it has held a
/// hand of as many vertices; not for two threads at once.
/// </summary>
public sealed class FramedHand
{
    private readonly Vector3[] _joints = new Vector3[HandMesh.JointCount];
    private readonly JointPose[] _poses = new JointPose[HandSkeleton.JointCount];
    private readonly JointPose[] _landmarks = new JointPose[HandMesh.JointCount];
    private readonly Quaternion[] _local = new Quaternion[HandSkeleton.JointCount];
    private Vector3[] _vertices = [];
    private Vector3[] _normals = [];
    private int[] _faces = [];
    private MeshSurface? _surface;
    private bool _isClockwise;

    /// <summary>The frame; null for the hand's own (<see cref="FillLocal"/>) and before the first hand.</summary>
    public FrameOfReference? Frame { get; private set; }

    /// <summary>Which hand it is.</summary>
    public Handedness Handedness { get; private set; }

    /// <summary>As <see cref="HandMesh.Id"/>.</summary>
    public int? Id { get; private set; }

    /// <summary>Mesh vertices, in the frame's unit.</summary>
    public ReadOnlySpan<Vector3> Vertices => _vertices;

    /// <summary>Outward unit normals.</summary>
    public ReadOnlySpan<Vector3> Normals => _normals;

    /// <summary>Triangles, three vertex indices each, wound as the frame wants its front (<see cref="FrameOfReference.FrontIsClockwise"/>).</summary>
    public ReadOnlySpan<int> Faces => _faces;

    /// <summary>The 21 joints of <see cref="HandMesh.Joints"/>.</summary>
    public ReadOnlySpan<Vector3> Joints => _joints;

    /// <summary>[25] <see cref="HandPose.Joints"/>.</summary>
    public ReadOnlySpan<JointPose> Poses => _poses;

    /// <summary>[21] <see cref="HandPose.Landmarks"/>.</summary>
    public ReadOnlySpan<JointPose> Landmarks => _landmarks;

    /// <summary>[25] orientations in the axes of the parent; the wrist's is the one in the frame.</summary>
    public ReadOnlySpan<Quaternion> LocalRotations => _local;

    /// <summary><see cref="HandPose.Palm"/>.</summary>
    public JointPose Palm { get; private set; }

    /// <summary><see cref="HandMesh.Translation"/>, in the frame's unit; a hand in its own frame has none.</summary>
    public Vector3 Translation { get; private set; }

    /// <summary>Takes a hand to a frame whose origin is the camera, or the hand itself where it has no place (<see cref="Placement.IsPlaced"/>).</summary>
    public void Fill(HandMesh hand, FrameOfReference frame)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(frame);
        Begin(hand, frame.FrontIsClockwise);
        Frame = frame;
        Translation = frame.Point(hand.Translation);
        HandPose pose = hand.Pose;
        Map(hand.Vertices, _vertices, frame, static (frame, point) => frame.Point(point));
        Map(hand.Normals, _normals, frame, static (frame, normal) => frame.Direction(normal));
        Map(hand.Joints, _joints, frame, static (frame, point) => frame.Point(point));
        Map(pose.Joints, _poses, frame, static (frame, joint) => frame.Pose(joint));
        Map(pose.Landmarks, _landmarks, frame, static (frame, joint) => frame.Pose(joint));
        Palm = frame.Pose(pose.Palm);
        Chain();
    }

    /// <summary>
    /// Takes a hand to its own frame, metres: the wrist at the origin, z back toward the arm, y out of the back of the hand, x to the right.
    /// </summary>
    public void FillLocal(HandMesh hand)
    {
        ArgumentNullException.ThrowIfNull(hand);
        Begin(hand, isClockwise: false);
        (Frame, Translation) = (null, default);
        HandPose pose = hand.Pose;
        JointPose wrist = pose[HandJoint.Wrist];
        var own = new Own(wrist.Position, Quaternion.Conjugate(wrist.Orientation));
        Map(hand.Vertices, _vertices, own, static (own, point) => own.Point(point));
        Map(hand.Normals, _normals, own, static (own, normal) => Vector3.Transform(normal, own.Turn));
        Map(hand.Joints, _joints, own, static (own, point) => own.Point(point));
        Map(pose.Joints, _poses, own, static (own, joint) => own.Pose(joint));
        Map(pose.Landmarks, _landmarks, own, static (own, joint) => own.Pose(joint));
        Palm = own.Pose(pose.Palm);
        Chain();
    }

    private static void Map<TFrame, T>(ReadOnlySpan<T> from, Span<T> to, TFrame frame, Func<TFrame, T, T> take)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = take(frame, from[i]);
        }
    }

    private void Begin(HandMesh hand, bool isClockwise)
    {
        (Handedness, Id) = (hand.Handedness, hand.Id);
        if (_surface == hand.Surface && _isClockwise == isClockwise)
        {
            return;
        }

        (_surface, _isClockwise) = (hand.Surface, isClockwise);
        if (_vertices.Length != hand.Vertices.Length)
        {
            _vertices = new Vector3[hand.Vertices.Length];
            _normals = new Vector3[hand.Vertices.Length];
        }

        if (_faces.Length != hand.Faces.Length)
        {
            _faces = new int[hand.Faces.Length];
        }

        hand.Faces.CopyTo(_faces);
        for (int i = 0; isClockwise && i < _faces.Length; i += 3)
        {
            (_faces[i + 1], _faces[i + 2]) = (_faces[i + 2], _faces[i + 1]);
        }
    }

    private void Chain()
    {
        for (int i = 0; i < _poses.Length; i++)
        {
            _local[i] = HandSkeleton.Parent((HandJoint)i) is { } parent
                ? Quaternion.Normalize(Quaternion.Conjugate(_poses[(int)parent].Orientation) * _poses[i].Orientation)
                : _poses[i].Orientation;
        }
    }

    private readonly record struct Own(Vector3 Origin, Quaternion Turn)
    {
        public Vector3 Point(Vector3 point) => Vector3.Transform(point - Origin, Turn);

        public JointPose Pose(JointPose joint) => joint with { Position = Point(joint.Position), Orientation = Quaternion.Normalize(Turn * joint.Orientation) };
    }
}
