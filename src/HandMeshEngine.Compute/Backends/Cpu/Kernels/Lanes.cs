namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Loads and stores of the last vector of a row, which may not be full.</summary>
internal static unsafe class Lanes<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Loads a vector, or the floats that are left; zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* from, int left) => left >= TSimd.Width ? TSimd.Load(from) : TSimd.LoadPartial(from, left);

    /// <summary>Stores a vector, or as many floats as are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector value, float* to, int left)
    {
        if (left >= TSimd.Width)
        {
            TSimd.Store(value, to);
        }
        else
        {
            TSimd.StorePartial(value, to, left);
        }
    }
}
