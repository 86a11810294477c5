namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Maximum or mean over windows, padding left out; means may be multiplied by a factor for each image and channel.</summary>
internal sealed unsafe class PoolStep<TSimd, TVector>(
    bool isMax, int window, int stride, Padding padding, View input, View? factors, View output, int threads)
    : RowRangeStep(output.Rows, (long)output.Width * output.Channels * window * window, TaskWork, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 64 * 1024;

    public override string Describe() => $"{(isMax ? "maxpool" : "averagepool")} k{window} s{stride} p{padding} {input}{(factors is null ? string.Empty : $" times {factors}")} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int row = first; row < last; row++)
        {
            (int n, int y) = Math.DivRem(row, output.Height);
            int top = Math.Max(0, (y * stride) - padding.Top), bottom = Math.Min(input.Height, (y * stride) - padding.Top + window);
            for (int x = 0; x < output.Width; x++)
            {
                int left = Math.Max(0, (x * stride) - padding.Left), right = Math.Min(input.Width, (x * stride) - padding.Left + window);
                Pixel(
                    input.Data + ((long)n * input.ImageStride) + ((long)top * input.RowStride) + ((long)left * input.PixelStride),
                    bottom - top,
                    right - left,
                    factors is null ? null : factors.Data + ((long)n * factors.ImageStride),
                    output.Data + ((long)n * output.ImageStride) + ((long)y * output.RowStride) + ((long)x * output.PixelStride));
            }
        }
    }

    private void Pixel(float* from, int rows, int columns, float* factor, float* to)
    {
        if (isMax)
        {
            Window<Maximum>(from, rows, columns, factor, to, float.NegativeInfinity, 1);
        }
        else
        {
            Window<Sum>(from, rows, columns, factor, to, 0, 1f / (window * window));
        }
    }

    // Fields are copied to locals: the loops are a few instructions long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Window<TPool>(float* from, int rows, int columns, float* factor, float* to, float neutral, float share)
        where TPool : struct, IPool
    {
        int channels = output.Channels;
        nint rowStep = input.RowStride, pixelStep = input.PixelStride;
        TVector first = TSimd.Broadcast(neutral), scale = TSimd.Broadcast(share);
        for (int c = 0; c < channels; c += TSimd.Width)
        {
            int count = Math.Min(TSimd.Width, channels - c);
            TVector value = first;
            float* row = from + c;
            for (int ky = 0; ky < rows; ky++, row += rowStep)
            {
                float* source = row;
                for (int kx = 0; kx < columns; kx++, source += pixelStep)
                {
                    value = TPool.Join(value, Lanes<TSimd, TVector>.Load(source, count));
                }
            }

            value = TSimd.Multiply(value, scale);
            if (factor != null)
            {
                value = TSimd.Multiply(value, Lanes<TSimd, TVector>.Load(factor + c, count));
            }

            Lanes<TSimd, TVector>.Store(value, to + c, count);
        }
    }

    private interface IPool
    {
        static abstract TVector Join(TVector a, TVector b);
    }

    private readonly struct Maximum : IPool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Join(TVector a, TVector b) => TSimd.Max(a, b);
    }

    private readonly struct Sum : IPool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Join(TVector a, TVector b) => TSimd.Add(a, b);
    }
}
