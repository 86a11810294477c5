namespace HandMeshEngine.Export;

/// <summary>One hand of a clip: its key frames, as local poses of the joints, and where the skin is not the rig's, meshes.</summary>
internal sealed class ClipTrack
{
    private readonly List<int> _frames = [];
    private readonly List<Vector3> _translations = [];
    private readonly List<Quaternion> _rotations = [];
    private readonly List<Vector3> _scales = [];
    private readonly List<Vector3[]> _vertices = [];
    private readonly List<Vector3[]> _normals = [];

    public ClipTrack(HandMesh hand, string name)
    {
        (Name, Side) = (name, hand.Handedness);
        Skeleton = HandSkeleton.Of(hand.Handedness);
        Faces = hand.Faces.ToArray();
        HasSkin = IsRig(hand);
    }

    /// <summary>What the hand is called in the file.</summary>
    public string Name { get; }

    /// <summary>Its side; a hand whose side changes has two tracks.</summary>
    public Handedness Side { get; }

    /// <summary>Its joints.</summary>
    public HandSkeleton Skeleton { get; }

    /// <summary>The mesh is the skeleton's skin: poses say all. Otherwise there is a mesh for each key.</summary>
    public bool HasSkin { get; }

    /// <summary>Three vertex indices a triangle.</summary>
    public int[] Faces { get; }

    /// <summary>The frames in which the hand was seen, increasing.</summary>
    public IReadOnlyList<int> Frames => _frames;

    /// <summary>Whether a hand is the rig of its side.</summary>
    public static bool IsRig(HandMesh hand) => hand.Faces == HandSkeleton.Of(hand.Handedness).Faces;

    /// <summary>Whether a hand goes on with this track.</summary>
    public bool Continues(HandMesh hand) => hand.Handedness == Side && HasSkin == IsRig(hand);

    /// <summary>Adds a key.</summary>
    public void Add(int frame, HandMesh hand)
    {
        HandPose pose = hand.Pose;
        _frames.Add(frame);
        for (int i = 0; i < HandSkeleton.JointCount; i++)
        {
            JointPose joint = pose.Joints[i];
            Vector3 place = joint.Position;
            if (HandSkeleton.Parent((HandJoint)i) is { } parent)
            {
                JointPose from = pose[parent];
                place = Vector3.Transform(place - from.Position, Quaternion.Conjugate(from.Orientation));
            }

            // Of the two quaternions of a rotation the one near the last key's, so that what lies between turns the short way.
            Quaternion turn = pose.LocalRotations[i];
            bool isFar = _rotations.Count >= HandSkeleton.JointCount && Quaternion.Dot(turn, _rotations[^HandSkeleton.JointCount]) < 0;
            _translations.Add(place);
            _rotations.Add(isFar ? -turn : turn);
            _scales.Add(pose.Scales[i]);
        }

        if (!HasSkin)
        {
            _vertices.Add(hand.Vertices.ToArray());
            _normals.Add(hand.Normals.ToArray());
        }
    }

    /// <summary>A joint's place in its parent's axes at a key.</summary>
    public Vector3 Translation(int key, int joint) => _translations[(key * HandSkeleton.JointCount) + joint];

    /// <summary>A joint's orientation in its parent's axes at a key.</summary>
    public Quaternion Rotation(int key, int joint) => _rotations[(key * HandSkeleton.JointCount) + joint];

    /// <summary>How much larger than at rest the bone's skin is at a key.</summary>
    public Vector3 Scale(int key, int joint) => _scales[(key * HandSkeleton.JointCount) + joint];

    /// <summary>The mesh at a key, without a skin.</summary>
    public (Vector3[] Vertices, Vector3[] Normals) Mesh(int key) => (_vertices[key], _normals[key]);
}
