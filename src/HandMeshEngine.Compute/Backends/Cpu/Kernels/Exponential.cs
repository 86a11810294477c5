namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The exponential function of a vector.</summary>
internal static class Exponential
{
    /// <summary>
    /// e^x with a relative error below 2e-7: x = n ln 2 + r, |r| at most ln 2 / 2, by the Taylor polynomial of degree 6 in r. Beyond
    /// -87 and 88, where the result leaves the normal numbers, the ends of that range stand in.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        x = TSimd.Min(TSimd.Broadcast(88), TSimd.Max(TSimd.Broadcast(-87), x));
        TVector n = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504f)));

        // ln 2 in two parts, so that n ln 2 is exact to the last bit of r.
        TVector r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(n, TSimd.Broadcast(2.12194440e-4f), r);
        TVector sum = TSimd.Broadcast(1 / 720f);
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1 / 120f));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1 / 24f));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1 / 6f));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(0.5f));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1));
        sum = TSimd.MultiplyAdd(sum, r, TSimd.Broadcast(1));
        return TSimd.Scale(sum, n);
    }
}
