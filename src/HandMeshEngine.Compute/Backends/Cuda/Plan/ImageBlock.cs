using System.Runtime.InteropServices;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>What warpnormalize.cu knows of the run's image: its struct Image.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImageBlock
{
    /// <summary>Size of the struct.</summary>
    public const int Bytes = 32;

    public ulong Pixels;
    public int Width;
    public int Height;
    public int Stride;
    public int PixelBytes;
    public int Red;
    public int Reserved;
}
