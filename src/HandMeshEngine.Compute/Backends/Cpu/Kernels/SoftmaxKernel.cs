namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>Softmax of one row in place.</summary>
internal static unsafe class SoftmaxKernel
{
    /// <summary>row = softmax(scale row); the maximum is subtracted first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, TVector>(float* row, int count, float scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Multiply<TSimd, TVector>(row, count, Exponentials<TSimd, TVector>(row, count, scale));
    }

    /// <summary>
    /// row = exp(scale row - max(scale row)). Returns the factor that makes it the softmax, for callers that apply it to fewer numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials<TSimd, TVector>(float* row, int count, float scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* lanes = stackalloc float[16];
        float largest = scale * row[0];
        int whole = count / TSimd.Width * TSimd.Width;
        TVector vectorScale = TSimd.Broadcast(scale), most = TSimd.Broadcast(largest);
        for (int i = 0; i < whole; i += TSimd.Width)
        {
            most = TSimd.Max(most, TSimd.Multiply(TSimd.Load(row + i), vectorScale));
        }

        TSimd.Store(most, lanes);
        for (int i = 0; i < TSimd.Width; i++)
        {
            largest = Math.Max(largest, lanes[i]);
        }

        for (int i = whole; i < count; i++)
        {
            largest = Math.Max(largest, scale * row[i]);
        }

        TVector shift = TSimd.Broadcast(-largest), sums = TSimd.Zero;
        for (int i = 0; i < whole; i += TSimd.Width)
        {
            TVector value = Exponential.Exp<TSimd, TVector>(TSimd.MultiplyAdd(TSimd.Load(row + i), vectorScale, shift));
            TSimd.Store(value, row + i);
            sums = TSimd.Add(sums, value);
        }

        float sum = TSimd.Sum(sums);
        if (whole < count)
        {
            TVector rest = TSimd.MultiplyAdd(TSimd.LoadPartial(row + whole, count - whole), vectorScale, shift);
            TSimd.StorePartial(Exponential.Exp<TSimd, TVector>(rest), row + whole, count - whole);
            sum += TSimd.Sum(TSimd.LoadPartial(row + whole, count - whole));
        }

        return 1 / sum;
    }

    /// <summary>row = factor row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TSimd, TVector>(float* row, int count, float factor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector factors = TSimd.Broadcast(factor);
        for (int i = 0; i < count; i += TSimd.Width)
        {
            TVector value = TSimd.Multiply(Lanes<TSimd, TVector>.Load(row + i, count - i), factors);
            Lanes<TSimd, TVector>.Store(value, row + i, count - i);
        }
    }
}
