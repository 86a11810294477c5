using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>
/// What a warp reads. A tap is four lanes: the pixel's three channels in memory order, then anything. Taps come in pairs, the one
/// at x in the lower half and the one at x + 1 in the upper.
/// </summary>
internal interface IWarpSource
{
    int Width { get; }

    int Height { get; }

    /// <summary>True if the outside is the nearest pixel; else it is 0.</summary>
    bool Replicates { get; }

    /// <summary>The last place whose pair may be read.</summary>
    nint LastPair { get; }

    /// <summary>From one row to the next, in units of the source.</summary>
    nint RowStep { get; }

    /// <summary>From one pixel to the next.</summary>
    nint PixelStep { get; }

    /// <summary>The taps at x and x + 1 of row y, <paramref name="place"/> = y RowStep + x PixelStep, at most
    /// <see cref="LastPair"/>.</summary>
    Vector256<float> Pair(nint place);

    /// <summary>Asks for the memory around a place, which may lie anywhere.</summary>
    void Prefetch(nint place);

    /// <summary>One tap anywhere: outside the image it is clamped or 0.</summary>
    Vector128<float> Tap(int x, int y);
}

/// <summary>The caller's 8-bit pixels.</summary>
internal readonly unsafe struct ByteSource(ImageSource image, bool replicates) : IWarpSource
{
    // A place without a byte: shuffles make it 0.
    private const byte Nothing = 0x80;

    private readonly byte* _pixels = image.Pixels;
    private readonly Vector128<byte> _spread = image.PixelBytes == 3
        ? Vector128.Create(0, 1, 2, Nothing, 3, 4, 5, Nothing, 0, 0, 0, 0, 0, 0, 0, 0)
        : Vector128.Create((byte)0, 1, 2, Nothing, 4, 5, 6, Nothing, 0, 0, 0, 0, 0, 0, 0, 0);

    public bool Replicates { get; } = replicates;

    public nint LastPair { get; } = ((image.Height - 1) * (nint)image.Stride) + (image.Width * (nint)image.PixelBytes) - sizeof(ulong);

    public nint RowStep { get; } = image.Stride;

    public nint PixelStep { get; } = image.PixelBytes;

    public int Width { get; } = image.Width;

    public int Height { get; } = image.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pair(nint place)
    {
        Vector128<byte> both = Vector128.CreateScalarUnsafe(*(ulong*)(_pixels + place)).AsByte();
        return Vector256.ConvertToSingle(Integers(Vector128.ShuffleNative(both, _spread)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(nint place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_pixels + place);
        }
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

        // Three single bytes: the last pixel may end the caller's memory.
        byte* at = _pixels + (y * RowStep) + (x * PixelStep);
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
internal readonly unsafe struct MapSource(View map, int image, bool replicates) : IWarpSource
{
    private readonly float* _pixels = map.Data + (map.Images == 1 ? 0 : (long)image * map.ImageStride);

    public bool Replicates { get; } = replicates;

    public nint LastPair { get; } = ((map.Height - 1) * (nint)map.RowStride) + ((map.Width - 2) * (nint)map.PixelStride);

    public nint RowStep { get; } = map.RowStride;

    public nint PixelStep { get; } = map.PixelStride;

    public int Width { get; } = map.Width;

    public int Height { get; } = map.Height;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Pair(nint place) =>
        Vector256.Create(Vector128.Load(_pixels + place), Vector128.Load(_pixels + place + PixelStep));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(nint place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_pixels + place);
        }
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

        float* at = _pixels + (y * RowStep) + (x * PixelStep);
        return Vector128.Create(at[0], at[1], at[2], 0);
    }
}
