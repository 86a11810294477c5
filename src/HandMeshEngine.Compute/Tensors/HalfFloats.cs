using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Tensors;

/// <summary>Widens binary16 to binary32, exactly, many at a time: shipped weights are stored as halves.</summary>
internal static class HalfFloats
{
    // The weight of a binary16 number whose bits lie in the upper part of a binary32 is off by 2^(127 - 15).
    private const float Rebias = 5.192296858534828e33f;

    /// <summary>Converts every element; subnormals, infinities and NaN included.</summary>
    // Compiled in full at once: it runs long before the JIT would optimise it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<Half> from, Span<float> to)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(from);
        int i = 0;
        for (; i <= bits.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(Vector256.Create(bits[i..]));
            Widen(lower).CopyTo(to[i..]);
            Widen(upper).CopyTo(to[(i + Vector256<uint>.Count)..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(Vector256<uint> half)
    {
        Vector256<uint> magnitude = (half & Vector256.Create(0x7fffu)) << 13;
        Vector256<uint> special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x7c00u << 13)) & Vector256.Create(0x7f800000u);
        Vector256<uint> sign = (half & Vector256.Create(0x8000u)) << 16;
        return ((magnitude.AsSingle() * Rebias).AsUInt32() | special | sign).AsSingle();
    }
}
