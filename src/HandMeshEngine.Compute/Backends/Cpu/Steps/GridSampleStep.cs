using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Bilinear samples of a map at points.</summary>
internal sealed unsafe class GridSampleStep<TSimd, TVector>(
    SampleBorder border, View map, View points, PointMap pointMap, View output, int threads)
    : RowRangeStep(output.Pixels, 4L * output.Channels, TaskWork, threads)
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 32 * 1024;

    public override string Describe() => $"gridsample {border.ToString().ToLowerInvariant()} {map}, {points}{pointMap} -> {output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void ComputeRows(int first, int last, float* scratch)
    {
        for (int i = first; i < last; i++)
        {
            (int n, int p) = Math.DivRem(i, output.Width);
            float* point = points.Data + ((long)n * points.ImageStride) + ((long)p * points.PixelStride);
            float x = point[0], y = point[1];
            if (pointMap.HasMap)
            {
                (x, y) = pointMap.Apply(x, y);
            }

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
        float** from = stackalloc float*[4];
        float* weights = stackalloc float[4];
        for (int tap = 0; tap < 4; tap++)
        {
            float column = x0 + (tap & 1), row = y0 + (tap >> 1);
            float weight = ((tap & 1) == 0 ? 1 - fx : fx) * (tap < 2 ? 1 - fy : fy);
            bool isInside = column >= 0 && column < map.Width && row >= 0 && row < map.Height;

            // A tap outside reads the first pixel with weight 0.
            from[tap] = isInside ? image + ((long)row * map.RowStride) + ((long)column * map.PixelStride) : image;
            weights[tap] = isInside ? weight : 0;
        }

        TVector w0 = TSimd.Broadcast(weights[0]), w1 = TSimd.Broadcast(weights[1]);
        TVector w2 = TSimd.Broadcast(weights[2]), w3 = TSimd.Broadcast(weights[3]);
        for (int c = 0; c < output.Channels; c += TSimd.Width)
        {
            int left = output.Channels - c;
            TVector upper = TSimd.MultiplyAdd(
                Lanes<TSimd, TVector>.Load(from[1] + c, left), w1, TSimd.Multiply(Lanes<TSimd, TVector>.Load(from[0] + c, left), w0));
            TVector lower = TSimd.MultiplyAdd(
                Lanes<TSimd, TVector>.Load(from[3] + c, left), w3, TSimd.Multiply(Lanes<TSimd, TVector>.Load(from[2] + c, left), w2));
            Lanes<TSimd, TVector>.Store(TSimd.Add(upper, lower), to + c, left);
        }
    }
}
