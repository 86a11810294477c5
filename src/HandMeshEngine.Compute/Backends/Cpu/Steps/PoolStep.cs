using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Maximum or mean over windows; elements of the padding take no part.</summary>
internal sealed unsafe class PoolStep<TSimd, TVector>(
    bool isMax, int window, int stride, Padding padding, Area input, Area output, int threads) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TileWork = 64 * 1024;

    private readonly int _cuts = RowCuts.Count(output.Rows, (long)output.Width * output.Channels * window * window, TileWork, threads);

    public override int Tiles => _cuts;

    public override string Describe() => $"{(isMax ? "maxpool" : "averagepool")} k{window} s{stride} p{padding} {input} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(output.Rows, _cuts, tile);
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
                    output.Data + ((long)n * output.ImageStride) + ((long)y * output.RowStride) + ((long)x * output.PixelStride));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pixel(float* from, int rows, int columns, float* to)
    {
        TVector factor = TSimd.Broadcast(1f / (window * window));
        for (int c = 0; c < output.Channels; c += TSimd.Width)
        {
            int count = Math.Min(TSimd.Width, output.Channels - c);
            TVector value = isMax ? TSimd.Broadcast(float.NegativeInfinity) : TSimd.Zero;
            for (int ky = 0; ky < rows; ky++)
            {
                float* source = from + ((long)ky * input.RowStride) + c;
                for (int kx = 0; kx < columns; kx++, source += input.PixelStride)
                {
                    TVector element = Lanes<TSimd, TVector>.Load(source, count);
                    value = isMax ? TSimd.Max(value, element) : TSimd.Add(value, element);
                }
            }

            Lanes<TSimd, TVector>.Store(isMax ? value : TSimd.Multiply(value, factor), to + c, count);
        }
    }
}
