namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Rows by index: y[n, m] = x[n, index[m]].</summary>
internal sealed unsafe class GatherStep<TSimd, TVector>(View x, CpuBuffer indices, View output, int threads)
    : RowRangeStep(output.Width, output.Channels * output.Images, TaskFloats, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskFloats = 16384;

    public override string Describe() => $"gather {x} -> {output}";

    protected override void ComputeRows(int first, int last, float* scratch)
    {
        var index = (int*)indices.Data;
        for (int n = 0; n < output.Images; n++)
        {
            float* from = x.Data + ((long)n * x.ImageStride);
            float* to = output.Data + ((long)n * output.ImageStride);
            for (int m = first; m < last; m++)
            {
                RunCopy.Copy<TSimd, TVector>(from + ((long)index[m] * x.PixelStride), to + ((long)m * output.PixelStride), output.Channels);
            }
        }
    }
}
