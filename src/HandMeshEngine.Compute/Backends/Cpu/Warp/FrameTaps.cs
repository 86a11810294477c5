using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>
/// Single pixels of any frame as OpenCV's samplings see them: upright positions, chroma of the pixel's own block, rounded to 8 bits
/// (docs/frames.md).
/// </summary>
internal readonly unsafe struct FrameTaps(ImageSource image, bool replicates) : IWarpSource
{
    public int Width { get; } = image.UprightWidth;

    public int Height { get; } = image.UprightHeight;

    public bool Replicates { get; } = replicates;

    // There are no pairs: every tap is fetched by itself.
    public nint LastPair => nint.MinValue;

    public bool HasPairs => false;

    public nint RowStep => 0;

    public nint PixelStep => 0;

    public Vector256<float> Pair(nint place) => default;

    public void Prefetch(nint place)
    {
    }

    public Vector128<float> Tap(int x, int y)
    {
        if (Replicates)
        {
            x = Math.Clamp(x, 0, Width - 1);
            y = Math.Clamp(y, 0, Height - 1);
        }
        else if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return Vector128<float>.Zero;
        }

        (x, y) = image.ToStored.Apply(x, y);
        return Vector128.Floor(FrameSample.At(image, x, y) + Vector128.Create(0.5f));
    }
}
