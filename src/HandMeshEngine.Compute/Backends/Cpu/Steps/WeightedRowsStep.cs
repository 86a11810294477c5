namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>
/// y[m] = sum_l weight x[index[m, l]]; with <paramref name="before"/> y[m] = 2 sum - before[m], the Chebyshev recurrence.
/// </summary>
internal sealed unsafe class WeightedRowsStep<TSimd, TVector>(
    string name, View x, WeightedRows rows, View output, int threads, View? before = null)
    : RowRangeStep(output.Pixels, (long)rows.Length * output.Channels, TaskWork, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 32 * 1024;

    public override string Describe() => $"{name} {rows.Length} of {x} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int i = first; i < last; i++)
        {
            (int n, int m) = Math.DivRem(i, output.Width);
            float* earlier = before is null ? null : before.Data + ((long)n * before.ImageStride) + ((long)m * before.PixelStride);
            Row(
                x.Data + ((long)n * x.ImageStride),
                (int*)rows.Indices.Data + ((long)m * rows.Length),
                rows.PerChannel ? rows.Weights.Data : rows.Weights.Data + ((long)m * rows.Length),
                earlier,
                output.Data + ((long)n * output.ImageStride) + ((long)m * output.PixelStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(float* from, int* indices, float* weights, float* earlier, float* to)
    {
        int channels = output.Channels, c = 0;
        for (; c + TSimd.Width <= channels; c += TSimd.Width)
        {
            Vector(from + c, indices, weights, earlier, to, c, TSimd.Width);
        }

        if (c < channels)
        {
            Vector(from + c, indices, weights, earlier, to, c, channels - c);
        }
    }

    // Fields are copied to locals and the number of lanes is a constant where possible: the loop is a few instructions long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Vector(float* from, int* indices, float* weights, float* earlier, float* to, int c, int lanes)
    {
        nint stride = x.PixelStride;
        TVector sum = TSimd.Zero;
        int* last = indices + rows.Length;
        if (rows.PerChannel)
        {
            nint weightStep = output.Channels;
            for (float* weight = weights + c; indices < last; indices++, weight += weightStep)
            {
                TVector value = Lanes<TSimd, TVector>.Load(from + (*indices * stride), lanes);
                sum = TSimd.MultiplyAdd(value, Lanes<TSimd, TVector>.Load(weight, lanes), sum);
            }
        }
        else
        {
            for (float* weight = weights; indices < last; indices++, weight++)
            {
                sum = TSimd.MultiplyAdd(Lanes<TSimd, TVector>.Load(from + (*indices * stride), lanes), TSimd.Broadcast(*weight), sum);
            }
        }

        if (earlier != null)
        {
            sum = TSimd.Subtract(TSimd.Multiply(TSimd.Broadcast(2), sum), Lanes<TSimd, TVector>.Load(earlier + c, lanes));
        }

        Lanes<TSimd, TVector>.Store(sum, to + c, lanes);
    }
}
