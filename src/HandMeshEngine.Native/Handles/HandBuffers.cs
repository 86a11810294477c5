using System.Numerics;

namespace HandMeshEngine.Native.Handles;

/// <summary>The numbers of one hand in one block that never moves.</summary>
internal sealed unsafe class HandBuffers
{
    private const nuint Alignment = 64;
    private readonly Vector3* _vertices;
    private readonly Vector3* _normals;
    private readonly Vector3* _joints;
    private readonly Vector3* _relativeJoints;
    private readonly Vector2* _keypoints;
    private readonly int* _faces;
    private readonly void* _block;
    private NativeHand _hand;

    /// <summary>For hands with as many vertices and faces as this one; its faces are copied.</summary>
    public HandBuffers(HandMesh hand)
    {
        int vertices = hand.Vertices.Length, faces = hand.Faces.Length, joints = HandMesh.JointCount;
        nuint bytes = (nuint)((vertices * 2) + (joints * 2)) * (nuint)sizeof(Vector3)
            + (nuint)joints * (nuint)sizeof(Vector2) + (nuint)faces * sizeof(int);
        _block = NativeMemory.AlignedAlloc(bytes, Alignment);
        _vertices = (Vector3*)_block;
        _normals = _vertices + vertices;
        _joints = _normals + vertices;
        _relativeJoints = _joints + joints;
        _keypoints = (Vector2*)(_relativeJoints + joints);
        _faces = (int*)(_keypoints + joints);
        _hand = new NativeHand
        {
            VertexCount = vertices,
            FaceCount = faces / 3,
            Vertices = _vertices,
            Normals = _normals,
            Faces = _faces,
            Joints = _joints,
            RelativeJoints = _relativeJoints,
            Keypoints = _keypoints,
        };
    }

    /// <summary>What a caller gets.</summary>
    public ref readonly NativeHand Hand => ref _hand;

    /// <summary>Copies a hand in.</summary>
    public void Fill(HandMesh hand)
    {
        Copy(hand.Vertices, _vertices);
        Copy(hand.Normals, _normals);
        Copy(hand.Joints, _joints);
        Copy(hand.RelativeJoints, _relativeJoints);
        Copy(hand.Keypoints, _keypoints);
        // A left hand's faces are turned round.
        Copy(hand.Faces, _faces);
        _hand.Handedness = (int)hand.Handedness + 1;
        _hand.Score = hand.Score;
        _hand.RightProbability = hand.RightProbability;
        _hand.DetectionScore = hand.DetectionScore ?? float.NaN;
        _hand.Id = hand.Id ?? -1;
        _hand.Root = hand.Root;
        _hand.Translation = hand.Translation;
        _hand.IsPlaced = hand.Placement.IsPlaced ? 1 : 0;
        _hand.PlacementFlags = (uint)hand.Placement.Flags;
        _hand.Condition = hand.Placement.Condition;
        _hand.ResidualPixels = hand.Placement.ResidualPixels;
        HandBox box = hand.Box ?? default;
        (_hand.BoxX, _hand.BoxY, _hand.BoxWidth, _hand.BoxHeight) = box;
        (_hand.CropCenterX, _hand.CropCenterY, _hand.CropWidth, _hand.CropHeight, _hand.CropAngle) = hand.Crop;
    }

    /// <summary>Gives the block back.</summary>
    public void Release() => NativeMemory.AlignedFree(_block);

    private static void Copy<T>(ReadOnlySpan<T> from, T* to)
        where T : unmanaged => from.CopyTo(new Span<T>(to, from.Length));
}
