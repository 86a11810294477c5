using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Models;

/// <summary>The tensors of every model (docs/serve.md 3). The first axis counts images, the second of outputs hands.</summary>
internal static class ModelSignature
{
    public const string Version = "1";
    public const string Platform = "handmesh";

    public const string Image = "IMAGE";
    public const string Intrinsics = "INTRINSICS";
    public const string FieldOfView = "FIELD_OF_VIEW";
    public const string Box = "BOX";
    public const string Handedness = "HANDEDNESS";
    public const string HandSize = "HAND_SIZE";
    public const string RootDepth = "ROOT_DEPTH";
    public const string BoneLength = "BONE_LENGTH";

    public const string Hands = "HANDS";
    public const string Score = "SCORE";
    public const string RightProbability = "RIGHT_PROBABILITY";
    public const string Id = "ID";
    public const string Vertices = "VERTICES";
    public const string Joints = "JOINTS";
    public const string RelativeJoints = "RELATIVE_JOINTS";
    public const string Keypoints = "KEYPOINTS";
    public const string Rotations = "ROTATIONS";
    public const string Placement = "PLACEMENT";
    public const string PlacementFlags = "PLACEMENT_FLAGS";
    public const string Camera = "CAMERA";
    public const string Faces = "FACES";
    public const string Glb = "GLB";

    /// <summary>What may be sent; only the image must.</summary>
    public static IReadOnlyList<TensorInfo> Inputs { get; } =
    [
        new(Image, DataType.Bytes, -1, 1),
        new(Intrinsics, DataType.Fp64, -1, 4),
        new(FieldOfView, DataType.Fp64, -1, 1),
        new(Box, DataType.Fp64, -1, 4),
        new(Handedness, DataType.Bytes, -1, 1),
        new(HandSize, DataType.Fp64, -1, 1),
        new(RootDepth, DataType.Fp64, -1, 1),
        new(BoneLength, DataType.Fp64, -1, 1),
    ];

    /// <summary>What is sent back where the request names no outputs.</summary>
    public static IReadOnlyList<TensorInfo> UsualOutputs { get; } =
    [
        new(Hands, DataType.Int32, -1, 1),
        new(Handedness, DataType.Bytes, -1, -1),
        new(Score, DataType.Fp32, -1, -1),
        new(RightProbability, DataType.Fp32, -1, -1),
        new(Id, DataType.Int32, -1, -1),
        new(Vertices, DataType.Fp32, -1, -1, -1, 3),
        new(Joints, DataType.Fp32, -1, -1, HandMesh.JointCount, 3),
        new(RelativeJoints, DataType.Fp32, -1, -1, HandMesh.JointCount, 3),
        new(Keypoints, DataType.Fp32, -1, -1, HandMesh.JointCount, 2),
        new(Placement, DataType.Fp32, -1, -1, 6),
        new(PlacementFlags, DataType.Int32, -1, -1),
        new(Camera, DataType.Fp64, -1, 4),
    ];

    /// <summary>What is sent back only where the request names it.</summary>
    public static IReadOnlyList<TensorInfo> FurtherOutputs { get; } =
    [
        new(Rotations, DataType.Fp32, -1, -1, HandSkeleton.JointCount, 4),
        new(Faces, DataType.Int32, -1, -1, -1, 3),
        new(Glb, DataType.Bytes, -1, 1),
    ];

    public static IReadOnlyList<TensorInfo> Outputs { get; } = [.. UsualOutputs, .. FurtherOutputs];
}
