using System.Numerics;

namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_hand</c>: one hand, with pointers into the result that it was read from.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeHand
{
    public uint Size;
    public int Handedness;
    public float Score;
    public float RightProbability;
    public float DetectionScore;
    public int Id;
    public int VertexCount;
    public int FaceCount;
    public Vector3* Vertices;
    public Vector3* Normals;
    public int* Faces;
    public Vector3* Joints;
    public Vector3* RelativeJoints;
    public Vector2* Keypoints;
    public Vector3 Root;
    public Vector3 Translation;
    public int IsPlaced;
    public uint PlacementFlags;
    public float Condition;
    public float ResidualPixels;
    public double BoxX;
    public double BoxY;
    public double BoxWidth;
    public double BoxHeight;
    public double CropCenterX;
    public double CropCenterY;
    public double CropWidth;
    public double CropHeight;
    public double CropAngle;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 192;
}
