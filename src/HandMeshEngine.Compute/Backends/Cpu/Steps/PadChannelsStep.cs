namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Copies a map and appends zero channels.</summary>
internal sealed unsafe class PadChannelsStep<TSimd, TVector>(View input, View output, int threads)
    : RowRangeStep(output.Rows, (long)output.Width * output.Channels, TaskFloats, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskFloats = 16384;

    public override string Describe() => $"padchannels {input} -> {output}";

    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, output.Height);
            float* from = input.Data + ((long)n * input.ImageStride) + ((long)y * input.RowStride);
            float* to = output.Data + ((long)n * output.ImageStride) + ((long)y * output.RowStride);
            for (int x = 0; x < output.Width; x++, from += input.PixelStride, to += output.PixelStride)
            {
                RunCopy.Copy<TSimd, TVector>(from, to, input.Channels);
                new Span<float>(to + input.Channels, output.Channels - input.Channels).Clear();
            }
        }
    }
}
