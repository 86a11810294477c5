using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// The 8x8 inverse DCT of Loeffler, Ligtenberg and Moschytz with 13-bit constants and two bits kept between the passes:
/// the arithmetic, and so the bits, of libjpeg's accurate integer method.
/// </summary>
internal static class InverseDct
{
    private const int ConstantBits = 13;
    private const int KeptBits = 2;
    private const int Center = 128;

    // Constants of the method times 2^13; the digits are those of the real number.
    private const int C0298631336 = 2446;
    private const int C0390180644 = 3196;
    private const int C0541196100 = 4433;
    private const int C0765366865 = 6270;
    private const int C0899976223 = 7373;
    private const int C1175875602 = 9633;
    private const int C1501321110 = 12299;
    private const int C1847759065 = 15137;
    private const int C1961570560 = 16069;
    private const int C2053119869 = 16819;
    private const int C2562915447 = 20995;
    private const int C3072711026 = 25172;

    /// <summary>A block whose only coefficient is the first.</summary>
    public static void Flat(short coefficient, short quantization, Span<byte> output, int stride)
    {
        // The two passes shift in two bits and take out five.
        int sample = ((((coefficient * quantization) << KeptBits) + 16) >> (KeptBits + 3)) + Center;
        ulong row = (ulong)Math.Clamp(sample, 0, 255) * 0x0101010101010101;
        for (int y = 0; y < 8; y++)
        {
            MemoryMarshal.Write(output[(y * stride)..], row);
        }
    }

    /// <summary>Any block.</summary>
    /// <param name="coefficients">64 coefficients, row by row.</param>
    /// <param name="quantization">64 factors, row by row.</param>
    /// <param name="output">From the block's first sample on.</param>
    /// <param name="stride">Samples from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> output, int stride)
    {
        ReadOnlySpan<Vector128<short>> c = MemoryMarshal.Cast<short, Vector128<short>>(coefficients);
        ReadOnlySpan<Vector128<short>> q = MemoryMarshal.Cast<short, Vector128<short>>(quantization);
        Vector256<int> x7 = Widen(c[7] * q[7]);
        Vector256<int> x6 = Widen(c[6] * q[6]);
        Vector256<int> x5 = Widen(c[5] * q[5]);
        Vector256<int> x4 = Widen(c[4] * q[4]);
        Vector256<int> x3 = Widen(c[3] * q[3]);
        Vector256<int> x2 = Widen(c[2] * q[2]);
        Vector256<int> x1 = Widen(c[1] * q[1]);
        Vector256<int> x0 = Widen(c[0] * q[0]);

        // Columns: eight at once, one in each lane.
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, ConstantBits - KeptBits, 0);

        Transpose(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7);

        // Rows, with the center added ahead of the last shift.
        const int shift = ConstantBits + KeptBits + 3;
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, shift, Center << shift);

        Store(x0, x1, x2, x3, x4, x5, x6, x7, output, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector256<int> x0,
        ref Vector256<int> x1,
        ref Vector256<int> x2,
        ref Vector256<int> x3,
        ref Vector256<int> x4,
        ref Vector256<int> x5,
        ref Vector256<int> x6,
        ref Vector256<int> x7,
        int shift,
        int bias)
    {
        Vector256<int> z1 = (x2 + x6) * C0541196100;
        Vector256<int> t2 = z1 - (x6 * C1847759065);
        Vector256<int> t3 = z1 + (x2 * C0765366865);
        Vector256<int> rounding = Vector256.Create((1 << (shift - 1)) + bias);
        Vector256<int> t0 = ((x0 + x4) << ConstantBits) + rounding;
        Vector256<int> t1 = ((x0 - x4) << ConstantBits) + rounding;
        Vector256<int> e0 = t0 + t3;
        Vector256<int> e3 = t0 - t3;
        Vector256<int> e1 = t1 + t2;
        Vector256<int> e2 = t1 - t2;

        Vector256<int> z3 = x7 + x3;
        Vector256<int> z4 = x5 + x1;
        Vector256<int> z5 = (z3 + z4) * C1175875602;
        z3 = z5 - (z3 * C1961570560);
        z4 = z5 - (z4 * C0390180644);
        z1 = (x7 + x1) * -C0899976223;
        Vector256<int> z2 = (x5 + x3) * -C2562915447;
        Vector256<int> o0 = (x7 * C0298631336) + z1 + z3;
        Vector256<int> o1 = (x5 * C2053119869) + z2 + z4;
        Vector256<int> o2 = (x3 * C3072711026) + z2 + z3;
        Vector256<int> o3 = (x1 * C1501321110) + z1 + z4;

        x0 = (e0 + o3) >> shift;
        x7 = (e0 - o3) >> shift;
        x1 = (e1 + o2) >> shift;
        x6 = (e1 - o2) >> shift;
        x2 = (e2 + o1) >> shift;
        x5 = (e2 - o1) >> shift;
        x3 = (e3 + o0) >> shift;
        x4 = (e3 - o0) >> shift;
    }

    /// <summary>Swaps rows and columns, in 16 bits: what is kept after the first pass fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> x0,
        ref Vector256<int> x1,
        ref Vector256<int> x2,
        ref Vector256<int> x3,
        ref Vector256<int> x4,
        ref Vector256<int> x5,
        ref Vector256<int> x6,
        ref Vector256<int> x7)
    {
        Vector256<short> x01 = Vector256.NarrowWithSaturation(x0, x1);
        Vector256<short> x23 = Vector256.NarrowWithSaturation(x2, x3);
        Vector256<short> x45 = Vector256.NarrowWithSaturation(x4, x5);
        Vector256<short> x67 = Vector256.NarrowWithSaturation(x6, x7);

        // Pairing row i with row i + 4 is a step of a perfect shuffle; three of them transpose.
        (Vector128<short> a0, Vector128<short> a1) = Zip(x01.GetLower(), x45.GetLower());
        (Vector128<short> a2, Vector128<short> a3) = Zip(x01.GetUpper(), x45.GetUpper());
        (Vector128<short> a4, Vector128<short> a5) = Zip(x23.GetLower(), x67.GetLower());
        (Vector128<short> a6, Vector128<short> a7) = Zip(x23.GetUpper(), x67.GetUpper());
        (Vector128<short> b0, Vector128<short> b1) = Zip(a0, a4);
        (Vector128<short> b2, Vector128<short> b3) = Zip(a1, a5);
        (Vector128<short> b4, Vector128<short> b5) = Zip(a2, a6);
        (Vector128<short> b6, Vector128<short> b7) = Zip(a3, a7);
        (a0, a1) = Zip(b0, b4);
        (a2, a3) = Zip(b1, b5);
        (a4, a5) = Zip(b2, b6);
        (a6, a7) = Zip(b3, b7);
        x0 = Widen(a0);
        x1 = Widen(a1);
        x2 = Widen(a2);
        x3 = Widen(a3);
        x4 = Widen(a4);
        x5 = Widen(a5);
        x6 = Widen(a6);
        x7 = Widen(a7);
    }

    /// <summary>Clamps to 8 bits, swaps rows and columns back, and writes the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<int> x0,
        Vector256<int> x1,
        Vector256<int> x2,
        Vector256<int> x3,
        Vector256<int> x4,
        Vector256<int> x5,
        Vector256<int> x6,
        Vector256<int> x7,
        Span<byte> output,
        int stride)
    {
        Vector128<byte> x01 = Clamp(x0, x1);
        Vector128<byte> x23 = Clamp(x2, x3);
        Vector128<byte> x45 = Clamp(x4, x5);
        Vector128<byte> x67 = Clamp(x6, x7);
        (Vector128<byte> a0, Vector128<byte> a1) = Zip(x01, x45);
        (Vector128<byte> a2, Vector128<byte> a3) = Zip(x23, x67);
        (Vector128<byte> b0, Vector128<byte> b1) = Zip(a0, a2);
        (Vector128<byte> b2, Vector128<byte> b3) = Zip(a1, a3);
        (a0, a1) = Zip(b0, b2);
        (a2, a3) = Zip(b1, b3);
        StoreRows(a0, output, stride);
        StoreRows(a1, output[(2 * stride)..], stride);
        StoreRows(a2, output[(4 * stride)..], stride);
        StoreRows(a3, output[(6 * stride)..], stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRows(Vector128<byte> rows, Span<byte> output, int stride)
    {
        MemoryMarshal.Write(output, rows.AsUInt64().ToScalar());
        MemoryMarshal.Write(output[stride..], rows.AsUInt64().GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector128<short> v) => Vector256.WidenLower(v.ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Clamp(Vector256<int> a, Vector256<int> b)
    {
        Vector256<short> both = Vector256.NarrowWithSaturation(a, b);
        both = Vector256.Max(both, Vector256<short>.Zero);
        return Vector128.NarrowWithSaturation(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16());
    }

    /// <summary>The lanes of both in turn: first the lower halves, then the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<short> Lower, Vector128<short> Upper) Zip(Vector128<short> a, Vector128<short> b)
    {
        if (Sse2.IsSupported)
        {
            return (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
        }

        return (
            Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]),
            Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]));
    }

    /// <summary>The lanes of both in turn: first the lower halves, then the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> Lower, Vector128<byte> Upper) Zip(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported)
        {
            return (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
        }

        // Widened to 16 bits, the lanes of a stay below and those of b are shifted above them.
        (Vector128<ushort> aLower, Vector128<ushort> aUpper) = Vector128.Widen(a);
        (Vector128<ushort> bLower, Vector128<ushort> bUpper) = Vector128.Widen(b);
        return ((aLower | (bLower << 8)).AsByte(), (aUpper | (bUpper << 8)).AsByte());
    }
}
