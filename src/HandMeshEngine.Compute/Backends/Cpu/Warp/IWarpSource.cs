using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>
/// What a warp reads. A tap is four lanes: red, green, blue, then anything. Taps come in pairs, the one at x in the lower half and the
/// one at x + 1 in the upper.
/// </summary>
internal interface IWarpSource
{
    int Width { get; }

    int Height { get; }

    /// <summary>True if the outside is the nearest pixel; else it is 0.</summary>
    bool Replicates { get; }

    /// <summary>Whether <see cref="Pair"/> may be used.</summary>
    bool HasPairs { get; }

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

/// <summary>The caller's packed colours, as stored.</summary>
internal readonly unsafe struct ByteSource : IWarpSource
{
    // A place without a byte: shuffles make it 0.
    private const byte Nothing = 0x80;

    private readonly byte* _pixels;
    private readonly nint _red, _green, _blue;
    private readonly Vector128<byte> _spread;

    public ByteSource(ImageSource image, bool replicates)
    {
        // From here on all three samples of a pixel are counted from the first byte of the pixel.
        nint first = Math.Min(image.First.Start, Math.Min(image.Second.Start, image.Third.Start));
        PixelLayout layout = image.Layout;
        int start = Math.Min(layout.First.Offset, Math.Min(layout.Second.Offset, layout.Third.Offset));
        _pixels = (byte*)(first - start);
        (_red, _green, _blue) = (layout.First.Offset, layout.Second.Offset, layout.Third.Offset);
        byte r = (byte)_red, g = (byte)_green, b = (byte)_blue, next = (byte)image.First.Step;
        _spread = Vector128.Create(
            r, g, b, Nothing, (byte)(r + next), (byte)(g + next), (byte)(b + next), Nothing, 0, 0, 0, 0, 0, 0, 0, 0);
        Replicates = replicates;
        RowStep = image.First.Row;
        PixelStep = image.First.Step;
        Width = image.Width;
        Height = image.Height;

        // Of frames stored from the bottom the top row is the last one in memory.
        LastPair = (Math.Max(RowStep, 0) * (Height - 1)) + (Width * PixelStep) - sizeof(ulong);
    }

    public bool Replicates { get; }

    public bool HasPairs => true;

    public nint LastPair { get; }

    public nint RowStep { get; }

    public nint PixelStep { get; }

    public int Width { get; }

    public int Height { get; }

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
        return Vector128.Create(at[_red], at[_green], at[_blue], 0f);
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

    public bool HasPairs => true;

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
