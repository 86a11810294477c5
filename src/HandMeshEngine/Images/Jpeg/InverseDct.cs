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
        Vector128<short> r7 = c[7] * q[7];
        Vector128<short> r6 = c[6] * q[6];
        Vector128<short> r5 = c[5] * q[5];
        Vector128<short> r4 = c[4] * q[4];
        Vector128<short> r3 = c[3] * q[3];
        Vector128<short> r2 = c[2] * q[2];
        Vector128<short> r1 = c[1] * q[1];
        Vector128<short> r0 = c[0] * q[0];

        // First the columns, eight at once with one in each lane; swapped, the same makes the rows and puts them back.
        int shift = ConstantBits - KeptBits;
        int bias = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            Transform(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, shift, (1 << (shift - 1)) + bias);
            Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
            shift = ConstantBits + KeptBits + 3;
            bias = Center << shift;
        }

        StoreRows(r0, r1, output, stride);
        StoreRows(r2, r3, output[(2 * stride)..], stride);
        StoreRows(r4, r5, output[(4 * stride)..], stride);
        StoreRows(r6, r7, output[(6 * stride)..], stride);
    }

    /// <summary>The one-dimensional transform of each lane, shifted down to 16 bits: what comes out of either pass fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        ref Vector128<short> r0,
        ref Vector128<short> r1,
        ref Vector128<short> r2,
        ref Vector128<short> r3,
        ref Vector128<short> r4,
        ref Vector128<short> r5,
        ref Vector128<short> r6,
        ref Vector128<short> r7,
        int shift,
        int rounding)
    {
        Vector256<int> x2 = Widen(r2);
        Vector256<int> x6 = Widen(r6);
        Vector256<int> z1 = (x2 + x6) * C0541196100;
        Vector256<int> t2 = z1 - (x6 * C1847759065);
        Vector256<int> t3 = z1 + (x2 * C0765366865);
        Vector256<int> x0 = Widen(r0);
        Vector256<int> x4 = Widen(r4);
        Vector256<int> t0 = ((x0 + x4) << ConstantBits) + Vector256.Create(rounding);
        Vector256<int> t1 = ((x0 - x4) << ConstantBits) + Vector256.Create(rounding);
        Vector256<int> e0 = t0 + t3;
        Vector256<int> e3 = t0 - t3;
        Vector256<int> e1 = t1 + t2;
        Vector256<int> e2 = t1 - t2;

        Vector256<int> x1 = Widen(r1);
        Vector256<int> x3 = Widen(r3);
        Vector256<int> x5 = Widen(r5);
        Vector256<int> x7 = Widen(r7);
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

        Narrow((e0 + o3) >> shift, (e0 - o3) >> shift, out r0, out r7);
        Narrow((e1 + o2) >> shift, (e1 - o2) >> shift, out r1, out r6);
        Narrow((e2 + o1) >> shift, (e2 - o1) >> shift, out r2, out r5);
        Narrow((e3 + o0) >> shift, (e3 - o0) >> shift, out r3, out r4);
    }

    /// <summary>Swaps rows and columns: pairing row i with row i + 4 is a step of a perfect shuffle, three of them transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector128<short> r0,
        ref Vector128<short> r1,
        ref Vector128<short> r2,
        ref Vector128<short> r3,
        ref Vector128<short> r4,
        ref Vector128<short> r5,
        ref Vector128<short> r6,
        ref Vector128<short> r7)
    {
        Zip(r0, r4, out Vector128<short> a0, out Vector128<short> a1);
        Zip(r1, r5, out Vector128<short> a2, out Vector128<short> a3);
        Zip(r2, r6, out Vector128<short> a4, out Vector128<short> a5);
        Zip(r3, r7, out Vector128<short> a6, out Vector128<short> a7);
        Zip(a0, a4, out Vector128<short> b0, out Vector128<short> b1);
        Zip(a1, a5, out Vector128<short> b2, out Vector128<short> b3);
        Zip(a2, a6, out Vector128<short> b4, out Vector128<short> b5);
        Zip(a3, a7, out Vector128<short> b6, out Vector128<short> b7);
        Zip(b0, b4, out r0, out r1);
        Zip(b1, b5, out r2, out r3);
        Zip(b2, b6, out r4, out r5);
        Zip(b3, b7, out r6, out r7);
    }

    /// <summary>Clamps two rows to 8 bits and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRows(Vector128<short> first, Vector128<short> second, Span<byte> output, int stride)
    {
        Vector128<ulong> rows = Vector128.NarrowWithSaturation(
            Vector128.Max(first, Vector128<short>.Zero).AsUInt16(),
            Vector128.Max(second, Vector128<short>.Zero).AsUInt16()).AsUInt64();
        MemoryMarshal.Write(output, rows.ToScalar());
        MemoryMarshal.Write(output[stride..], rows.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector128<short> v) => Vector256.WidenLower(v.ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow(Vector256<int> a, Vector256<int> b, out Vector128<short> first, out Vector128<short> second)
    {
        Vector256<short> both = Vector256.NarrowWithSaturation(a, b);
        first = both.GetLower();
        second = both.GetUpper();
    }

    /// <summary>The lanes of both in turn: first the lower halves, then the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zip(Vector128<short> a, Vector128<short> b, out Vector128<short> lower, out Vector128<short> upper)
    {
        if (Sse2.IsSupported)
        {
            lower = Sse2.UnpackLow(a, b);
            upper = Sse2.UnpackHigh(a, b);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            lower = AdvSimd.Arm64.ZipLow(a, b);
            upper = AdvSimd.Arm64.ZipHigh(a, b);
        }
        else
        {
            lower = Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);
            upper = Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]);
        }
    }
}
