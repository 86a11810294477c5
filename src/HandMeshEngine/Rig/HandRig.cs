using System.Text.Json;

namespace HandMeshEngine.Rig;

/// <summary>
/// The rest pose of the rigged hand mesh of one side: surface, weights, bones, and where the 21 landmarks sit on it
/// (docs/systems/mediapipe-hand.md 8). Immutable and shared.
/// </summary>
internal sealed class HandRig
{
    /// <summary>Bones that move a vertex.</summary>
    public const int Influences = 4;

    // The tip landmark lies this far inside the skin at the fingertip, metres.
    private const double TipInset = 0.004;

    private static readonly Lazy<HandRig> _left = new(() => Load("left"));
    private static readonly Lazy<HandRig> _right = new(() => Load("right"));

    private HandRig(GlbFile file)
    {
        JsonElement primitive = file.Primitives[0], attributes = primitive.GetProperty("attributes");
        RestVertices = file.Read<Vector3>(attributes.GetProperty("POSITION")).ToArray();
        BoneIndices = file.Read<uint>(attributes.GetProperty("JOINTS_0")).ToArray();
        Weights = file.Read<Vector4>(attributes.GetProperty("WEIGHTS_0")).ToArray();
        foreach (ref Vector4 weights in Weights.AsSpan())
        {
            weights /= Vector4.Dot(weights, Vector4.One);
        }

        int[] faces = [.. file.Read<ushort>(primitive.GetProperty("indices"))];
        Surface = MeshSurface.Merged(RestVertices, faces);
        BoneNames = file.BoneNames();
        (Heads, Orientations) = BindPoses(file.Read<Matrix4x4>(file.Skin.GetProperty("inverseBindMatrices")));
        WristBone = Array.IndexOf(BoneNames, "wrist");
        Chains =
        [
            Chain(1, "thumb", ["metacarpal", "phalanx-proximal", "phalanx-distal"]),
            Chain(5, "index-finger", Phalanges),
            Chain(9, "middle-finger", Phalanges),
            Chain(13, "ring-finger", Phalanges),
            Chain(17, "pinky-finger", Phalanges),
        ];
        RestJoints = LandmarksAtRest();
        KeyJoints = WithLandmarkKnuckles(RestJoints);
        PalmAxis = (RestJoints[9] - RestJoints[0]).Normalized();
        PalmNormal = TowardThumb(Vector3d.Cross(RestJoints[5] - RestJoints[0], RestJoints[17] - RestJoints[0]).Normalized());
        PointAlongBones();
    }

    /// <summary>The left hand's rig.</summary>
    public static HandRig Left => _left.Value;

    /// <summary>The right hand's rig.</summary>
    public static HandRig Right => _right.Value;

    /// <summary>Faces and coinciding vertices.</summary>
    public MeshSurface Surface { get; }

    /// <summary>[1360] metres: open hand, fingers toward -Y, thumb toward -Z.</summary>
    public Vector3[] RestVertices { get; }

    /// <summary>[1360] four skin indices a vertex, one a byte, lowest first.</summary>
    public uint[] BoneIndices { get; }

    /// <summary>[1360] the weights of those four, summing to 1.</summary>
    public Vector4[] Weights { get; }

    /// <summary>[25] WebXR joint names in skin order.</summary>
    public string[] BoneNames { get; }

    /// <summary>[25] rest positions of the bones' heads, metres.</summary>
    public Vector3d[] Heads { get; }

    /// <summary>Skin index of the wrist.</summary>
    public int WristBone { get; }

    /// <summary>[25] rest orientations of the bones: X to the right of the hand, Y out of its back, Z back along the bone.</summary>
    public Matrix3d[] Orientations { get; }

    /// <summary>From the wrist to the middle finger's knuckle at rest, unit length.</summary>
    public Vector3d PalmAxis { get; }

    /// <summary>Unit vector out of the palm at rest.</summary>
    public Vector3d PalmNormal { get; }

    /// <summary>Thumb, index, middle, ring, little.</summary>
    public FingerChain[] Chains { get; }

    /// <summary>[21] rest21: bone heads and fingertips at rest, MediaPipe order.</summary>
    public Vector3d[] RestJoints { get; }

    /// <summary>[21] key21: the same with the knuckles where the network puts them.</summary>
    public Vector3d[] KeyJoints { get; }

    private static ReadOnlySpan<string> Phalanges =>
        (string[])["metacarpal", "phalanx-proximal", "phalanx-intermediate", "phalanx-distal"];

    // The network's knuckles lie beyond the rig's, found from bone-length ratios (docs/systems/mediapipe-hand.md 8).
    private static ReadOnlySpan<double> KnuckleShift => [0, 0.0135, 0.0090, 0.0117, 0.0077];

    private static HandRig Load(string side)
    {
        string name = $"HandMeshEngine.hand_rig.{side}.glb";
        using Stream stream = typeof(HandRig).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"the library lacks its resource {name}; rebuild it");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new HandRig(new GlbFile(bytes));
    }

    // Matrices are column-major in the file, which row-vector Matrix4x4 reads as they should be applied.
    private static (Vector3d[] Heads, Matrix3d[] Orientations) BindPoses(ReadOnlySpan<Matrix4x4> inverseBind)
    {
        var heads = new Vector3d[inverseBind.Length];
        var orientations = new Matrix3d[inverseBind.Length];
        for (int i = 0; i < heads.Length; i++)
        {
            if (!Matrix4x4.Invert(inverseBind[i], out Matrix4x4 bind))
            {
                throw new InvalidDataException($"bone {i} of the embedded rig has no place; rebuild the library");
            }

            heads[i] = Vector3d.From(bind.Translation);
            orientations[i] = Matrix3d.FromColumns(
                new Vector3d(bind.M11, bind.M12, bind.M13).Normalized(),
                new Vector3d(bind.M21, bind.M22, bind.M23).Normalized(),
                new Vector3d(bind.M31, bind.M32, bind.M33).Normalized());
        }

        return (heads, orientations);
    }

    // The file's bones miss the next joint by up to six degrees; stretching along a bone needs its own axis.
    private void PointAlongBones()
    {
        Orientations[WristBone] = PointedAlong(Orientations[WristBone], PalmAxis);
        foreach (FingerChain chain in Chains)
        {
            for (int i = 0; i < chain.Bones.Length; i++)
            {
                ref Matrix3d orientation = ref Orientations[chain.Bones[i]];
                orientation = PointedAlong(orientation, (chain.Heads[i + 1] - chain.Heads[i]).Normalized());
            }

            Orientations[chain.TipBone] = Orientations[chain.Bones[^1]];
        }
    }

    private static Matrix3d PointedAlong(in Matrix3d orientation, Vector3d bone)
    {
        var forward = new Vector3d(-orientation.M02, -orientation.M12, -orientation.M22);
        return Rotations.Minimal(forward.Normalized(), bone) * orientation;
    }

    private FingerChain Chain(int firstJoint, string finger, ReadOnlySpan<string> parts)
    {
        int[] bones = new int[parts.Length];
        for (int i = 0; i < bones.Length; i++)
        {
            bones[i] = Array.IndexOf(BoneNames, $"{finger}-{parts[i]}");
        }

        int tip = Array.IndexOf(BoneNames, $"{finger}-tip"), distal = bones[^1];
        Vector3d along = (Heads[tip] - Heads[distal]).Normalized();
        Vector3d landmark = Heads[distal] + (along * (Reach(distal, along) - TipInset));
        return new FingerChain(firstJoint, bones, tip, [.. bones.Select(bone => Heads[bone]), landmark]);
    }

    // How far the vertices that mostly follow a bone reach along it.
    private double Reach(int bone, Vector3d along)
    {
        double reach = 0;
        for (int v = 0; v < RestVertices.Length; v++)
        {
            for (int k = 0; k < Influences; k++)
            {
                if (((BoneIndices[v] >> (8 * k)) & 255) == bone && Weights[v][k] > 0.5f)
                {
                    reach = Math.Max(reach, Vector3d.Dot(Vector3d.From(RestVertices[v]) - Heads[bone], along));
                }
            }
        }

        return reach;
    }

    private Vector3d[] LandmarksAtRest()
    {
        var joints = new Vector3d[HandMesh.JointCount];
        joints[0] = Heads[WristBone];
        foreach (FingerChain chain in Chains)
        {
            chain.Heads.AsSpan(chain.Heads.Length - 4).CopyTo(joints.AsSpan(chain.FirstJoint));
        }

        return joints;
    }

    // The thumb stands on the palm's side.
    private Vector3d TowardThumb(Vector3d normal) => normal * Math.Sign(Vector3d.Dot(RestJoints[4] - RestJoints[0], normal));

    private static Vector3d[] WithLandmarkKnuckles(Vector3d[] rest)
    {
        Vector3d[] joints = [.. rest];
        for (int finger = 0; finger < KnuckleShift.Length; finger++)
        {
            int knuckle = 1 + (4 * finger);
            joints[knuckle] += (rest[knuckle] - rest[0]).Normalized() * KnuckleShift[finger];
        }

        return joints;
    }
}
