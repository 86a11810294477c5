using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Bilinear samples at points, vectors of channels.</summary>
internal sealed unsafe class GridSampleStep<TSimd, TVector>(SampleBorder border, Area map, Area points, Area output, int threads) : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TileWork = 32 * 1024;

    private readonly int _cuts = RowCuts.Count(output.Pixels, 4L * output.Channels, TileWork, threads);

    public override int Tiles => _cuts;

    public override string Describe() => $"gridsample {border.ToString().ToLowerInvariant()} {map}, {points} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int tile, float* scratch)
    {
        (int first, int last) = RowCuts.Range(output.Pixels, _cuts, tile);
        for (int i = first; i < last; i++)
        {
            (int n, int p) = Math.DivRem(i, output.Width);
            float* point = points.Data + ((long)n * points.ImageStride) + ((long)p * points.PixelStride);
            float x = point[0], y = point[1];
            if (border == SampleBorder.Clamp)
            {
                x = Math.Clamp(x, 0, map.Width - 1);
                y = Math.Clamp(y, 0, map.Height - 1);
            }

            Sample(
                map.Data + ((long)n * map.ImageStride), x, y, output.Data + ((long)n * output.ImageStride) + ((long)p * output.PixelStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(float* image, float x, float y, float* to)
    {
        float x0 = MathF.Floor(x), y0 = MathF.Floor(y);
        float fx = x - x0, fy = y - y0;
        new Span<float>(to, output.Channels).Clear();
        for (int tap = 0; tap < 4; tap++)
        {
            float column = x0 + (tap & 1), row = y0 + (tap >> 1);
            float weight = ((tap & 1) == 0 ? 1 - fx : fx) * (tap < 2 ? 1 - fy : fy);
            if (!(column >= 0 && column < map.Width && row >= 0 && row < map.Height))
            {
                continue;
            }

            float* from = image + ((long)row * map.RowStride) + ((long)column * map.PixelStride);
            TVector factor = TSimd.Broadcast(weight);
            for (int c = 0; c < output.Channels; c += TSimd.Width)
            {
                int count = Math.Min(TSimd.Width, output.Channels - c);
                TVector sum = TSimd.MultiplyAdd(TSimd.LoadPartial(from + c, count), factor, TSimd.LoadPartial(to + c, count));
                TSimd.StorePartial(sum, to + c, count);
            }
        }
    }
}
