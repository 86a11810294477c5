using System;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Unity.Native
{
    /// <summary>handmesh_options.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OptionsStruct
    {
        public uint Size;
        public int Threads;
        public IntPtr System;
        public IntPtr Weights;
        public IntPtr Variant;
        public IntPtr Device;
        public IntPtr KernelFolder;
        public int Precision;
        public int MaxHands;
        public int VirtualCamera;
        public int Profile;
    }

    /// <summary>handmesh_image.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct ImageStruct
    {
        public uint Size;
        public int Format;
        public int Width;
        public int Height;
        public void* Plane0;
        public void* Plane1;
        public void* Plane2;
        public fixed ulong PlaneBytes[3];
        public fixed int Strides[3];
        public int ChromaPixelStride;
        public int Matrix;
        public int Range;
        public int Siting;
        public int TurnDegrees;
        public int Mirrored;
        public int Black;
        public int White;
        public int Reserved;
    }

    /// <summary>handmesh_camera.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct CameraStruct
    {
        public uint Size;
        public int Source;
        public double Fx;
        public double Fy;
        public double Cx;
        public double Cy;
        public int Width;
        public int Height;
        public int Lens;
        public int CoefficientCount;
        public fixed double Coefficients[14];
        public int AllowPartial;
        public int Reserved;
    }

    /// <summary>handmesh_hand.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct HandStruct
    {
        public uint Size;
        public int Handedness;
        public float Score;
        public float RightProbability;
        public float DetectionScore;
        public int Id;
        public int VertexCount;
        public int FaceCount;
        public float* Vertices;
        public float* Normals;
        public int* Faces;
        public float* Joints;
        public float* RelativeJoints;
        public float* Keypoints;
        public fixed float Root[3];
        public fixed float Translation[3];
        public int IsPlaced;
        public uint PlacementFlags;
        public float Condition;
        public float ResidualPixels;
        public fixed double Box[4];
        public fixed double Crop[5];
    }
}
