using System.Runtime.Intrinsics.X86;

namespace PtxSimulator.Operations;

/// <summary>Shifts by a different amount in each lane; amounts of 32 and more shift everything out, as in PTX.</summary>
internal static class Shifts
{
    public static Vector512<uint> Left(Vector512<uint> a, Vector512<uint> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ShiftLeftLogicalVariable(a, b);
        }
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.ShiftLeftLogicalVariable(a.GetLower(), b.GetLower()),
                Avx2.ShiftLeftLogicalVariable(a.GetUpper(), b.GetUpper()));
        }
        var result = Vector512<uint>.Zero;
        for (int i = 0; i < 16; i++)
        {
            result = result.WithElement(i, b[i] > 31 ? 0 : a[i] << (int)b[i]);
        }
        return result;
    }

    public static Vector512<uint> Right(Vector512<uint> a, Vector512<uint> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ShiftRightLogicalVariable(a, b);
        }
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.ShiftRightLogicalVariable(a.GetLower(), b.GetLower()),
                Avx2.ShiftRightLogicalVariable(a.GetUpper(), b.GetUpper()));
        }
        var result = Vector512<uint>.Zero;
        for (int i = 0; i < 16; i++)
        {
            result = result.WithElement(i, b[i] > 31 ? 0 : a[i] >> (int)b[i]);
        }
        return result;
    }

    public static Vector512<int> RightSigned(Vector512<int> a, Vector512<int> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ShiftRightArithmeticVariable(a, b.AsUInt32());
        }
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.ShiftRightArithmeticVariable(a.GetLower(), b.GetLower().AsUInt32()),
                Avx2.ShiftRightArithmeticVariable(a.GetUpper(), b.GetUpper().AsUInt32()));
        }
        var result = Vector512<int>.Zero;
        for (int i = 0; i < 16; i++)
        {
            result = result.WithElement(i, a[i] >> (int)Math.Min((uint)b[i], 31));
        }
        return result;
    }
}
