namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Copies short runs of floats.</summary>
internal static unsafe class RunCopy
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TSimd, TVector>(float* from, float* to, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int i = 0;
        for (; i + TSimd.Width <= count; i += TSimd.Width)
        {
            TSimd.Store(TSimd.Load(from + i), to + i);
        }

        if (i < count)
        {
            TSimd.StorePartial(TSimd.LoadPartial(from + i, count - i), to + i, count - i);
        }
    }
}
