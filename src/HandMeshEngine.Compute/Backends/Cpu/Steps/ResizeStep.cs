namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Resamples a map to another size.</summary>
internal sealed unsafe class ResizeStep<TSimd, TVector>(
    ResizeAxis rows, ResizeAxis columns, ResizeOp op, View input, View output, int threads)
    : RowRangeStep(output.Rows, 4L * output.Width * output.Channels, TaskWork, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 32 * 1024;

    public override string Describe() => $"resize {op.Describe()} {input} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, output.Height);
            float* image = input.Data + ((long)n * input.ImageStride);
            float* top = image + ((long)rows.First[y] * input.RowStride);
            float* bottom = image + ((long)rows.Second[y] * input.RowStride);
            float* to = output.Data + ((long)n * output.ImageStride) + ((long)y * output.RowStride);
            for (int x = 0; x < output.Width; x++, to += output.PixelStride)
            {
                long left = (long)columns.First[x] * input.PixelStride, right = (long)columns.Second[x] * input.PixelStride;
                Pixel(top + left, top + right, bottom + left, bottom + right, columns.Fraction[x], rows.Fraction[y], to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pixel(float* a, float* b, float* c, float* d, float fx, float fy, float* to)
    {
        TVector across = TSimd.Broadcast(fx), down = TSimd.Broadcast(fy);
        for (int i = 0; i < output.Channels; i += TSimd.Width)
        {
            int count = Math.Min(TSimd.Width, output.Channels - i);
            TVector upper = Mix(Lanes<TSimd, TVector>.Load(a + i, count), Lanes<TSimd, TVector>.Load(b + i, count), across);
            TVector lower = Mix(Lanes<TSimd, TVector>.Load(c + i, count), Lanes<TSimd, TVector>.Load(d + i, count), across);
            Lanes<TSimd, TVector>.Store(Mix(upper, lower, down), to + i, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mix(TVector from, TVector to, TVector weight) => TSimd.MultiplyAdd(weight, TSimd.Subtract(to, from), from);
}
