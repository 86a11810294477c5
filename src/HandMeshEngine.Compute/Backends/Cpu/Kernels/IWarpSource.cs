using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HandMeshEngine.Compute.Backends.Cpu.Plan;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>
/// What a warp reads. A tap is four lanes: the pixel's three channels in memory order, then anything. Taps come in pairs, the one
/// at x in the lower half and the one at x + 1 in the upper.
/// </summary>
internal interface IWarpSource
{
    int Width { get; }

    int Height { get; }

    /// <summary>The taps at x and x + 1 of row y, 0 at most x and x at most Width - 3, y a row of the image.</summary>
    Vector256<float> Pair(int x, int y);

    /// <summary>One tap anywhere: outside the image it is clamped or 0.</summary>
    Vector128<float> Tap(int x, int y);
}

/// <summary>The caller's 8-bit pixels.</summary>
internal readonly unsafe struct ByteSource(ImageSource image, bool replicates) : IWarpSource
{
    private readonly byte* _pixels = image.Pixels;
    private readonly nint _stride = image.Stride;
    private readonly nint _bytes = image.PixelBytes;
    private readonly bool _replicates = replicates;

    public int Width { get; } = image.Width;

    public int Height { get; } = image.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pair(int x, int y)
    {
        byte* at = _pixels + (y * _stride) + (x * _bytes);
        Vector128<byte> both = Vector128.CreateScalarUnsafe(*(uint*)at | ((ulong)*(uint*)(at + _bytes) << 32)).AsByte();
        return Vector256.ConvertToSingle(Integers(both));
    }

    public Vector128<float> Tap(int x, int y)
    {
        if (_replicates)
        {
            x = Math.Clamp(x, 0, Width - 1);
            y = Math.Clamp(y, 0, Height - 1);
        }
        else if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return Vector128<float>.Zero;
        }

        // Three single bytes: the last pixel may end the caller's memory.
        byte* at = _pixels + (y * _stride) + (x * _bytes);
        return Vector128.Create(at[0], at[1], at[2], 0f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Integers(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(bytes);
        }

        Vector128<ushort> words = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
    }
}

/// <summary>The map of an earlier warp.</summary>
internal readonly unsafe struct MapSource(Area map, int image, bool replicates) : IWarpSource
{
    private readonly float* _pixels = map.Data + (map.Images == 1 ? 0 : (long)image * map.ImageStride);
    private readonly nint _rowStride = map.RowStride;
    private readonly nint _pixelStride = map.PixelStride;
    private readonly bool _replicates = replicates;

    public int Width { get; } = map.Width;

    public int Height { get; } = map.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pair(int x, int y)
    {
        float* at = _pixels + (y * _rowStride) + (x * _pixelStride);
        return Vector256.Create(Vector128.Load(at), Vector128.Load(at + _pixelStride));
    }

    public Vector128<float> Tap(int x, int y)
    {
        if (_replicates)
        {
            x = Math.Clamp(x, 0, Width - 1);
            y = Math.Clamp(y, 0, Height - 1);
        }
        else if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            return Vector128<float>.Zero;
        }

        float* at = _pixels + (y * _rowStride) + (x * _pixelStride);
        return Vector128.Create(at[0], at[1], at[2], 0);
    }
}
