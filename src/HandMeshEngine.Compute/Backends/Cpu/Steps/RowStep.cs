namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Applies a <see cref="RowKernel"/> to every row of a value.</summary>
internal sealed unsafe class RowStep(string name, RowKernel kernel, View input, View output, int threads)
    : RowRangeStep(input.Pixels, input.Channels, TaskWork, threads)
{
    private const int TaskWork = 8 * 1024;

    public override int ScratchFloats => input.Channels;

    public override string Describe() => $"{name} {input} -> {output}";

    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int i = first; i < last; i++)
        {
            (int n, int p) = Math.DivRem(i, input.Width);
            (int outputN, int outputP) = Math.DivRem(i, output.Width);
            kernel.Run(
                input.Data + ((long)n * input.ImageStride) + ((long)p * input.PixelStride),
                input.Channels,
                output.Data + ((long)outputN * output.ImageStride) + ((long)outputP * output.PixelStride),
                scratch);
        }
    }
}
