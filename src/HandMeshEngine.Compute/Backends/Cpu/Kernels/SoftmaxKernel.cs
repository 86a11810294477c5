using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

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
        float max = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            max = Math.Max(max, scale * row[i]);
        }

        TVector vectorScale = TSimd.Broadcast(scale), shift = TSimd.Broadcast(-max);
        float sum = 0;
        for (int i = 0; i < count; i += TSimd.Width)
        {
            int left = Math.Min(TSimd.Width, count - i);
            TVector value = TSimd.Exp(TSimd.MultiplyAdd(TSimd.LoadPartial(row + i, left), vectorScale, shift));
            TSimd.StorePartial(value, row + i, left);
            sum += TSimd.Sum(left == TSimd.Width ? value : TSimd.LoadPartial(row + i, left));
        }

        TVector factor = TSimd.Broadcast(1 / sum);
        for (int i = 0; i < count; i += TSimd.Width)
        {
            int left = Math.Min(TSimd.Width, count - i);
            TSimd.StorePartial(TSimd.Multiply(TSimd.LoadPartial(row + i, left), factor), row + i, left);
        }
    }
}
