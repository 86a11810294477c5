namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>y[v] = factor x[v] + sum over the neighbours of v, edges in CSR form.</summary>
internal sealed unsafe class GinAggregateStep<TSimd, TVector>(
    float factor, View x, CpuBuffer rows, CpuBuffer columns, View output, int threads)
    : RowRangeStep(output.Pixels, (long)TypicalNeighbours * output.Channels, TaskWork, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 32 * 1024;
    private const int TypicalNeighbours = 6;

    public override string Describe() => $"ginaggregate {x} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ComputeRows(int first, int last, float* scratch)
    {
        TVector own = TSimd.Broadcast(factor);
        var starts = (int*)rows.Data;
        var sources = (int*)columns.Data;
        for (int i = first; i < last; i++)
        {
            (int n, int v) = Math.DivRem(i, output.Width);
            float* from = x.Data + ((long)n * x.ImageStride);
            float* to = output.Data + ((long)n * output.ImageStride) + ((long)v * output.PixelStride);
            for (int c = 0; c < output.Channels; c += TSimd.Width)
            {
                int left = Math.Min(TSimd.Width, output.Channels - c);
                TVector sum = TSimd.Multiply(own, Lanes<TSimd, TVector>.Load(from + ((long)v * x.PixelStride) + c, left));
                for (int e = starts[v]; e < starts[v + 1]; e++)
                {
                    sum = TSimd.Add(sum, Lanes<TSimd, TVector>.Load(from + ((long)sources[e] * x.PixelStride) + c, left));
                }

                Lanes<TSimd, TVector>.Store(sum, to + c, left);
            }
        }
    }
}
