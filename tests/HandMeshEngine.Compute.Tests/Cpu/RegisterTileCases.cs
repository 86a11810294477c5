using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>Runs every register tile of one vector width on random numbers.</summary>
internal static unsafe class RegisterTileCases<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int Tiles = 2, Segments = 2, SegmentLength = 3, Depth = Segments * SegmentLength;

    // Rows further apart than they are long, so that a wrong row or a store past its end shows.
    private const int Row = 80;

    private const float Untouched = -99;

    public static void RunAll()
    {
        foreach (TileShape shape in RegisterTiles<TSimd, TVector>.Shapes)
        {
            int lastWidth = shape.Pairs ? TSimd.Width / 2 : TSimd.Width;
            foreach (int lanes in new[] { lastWidth, lastWidth - 1 })
            {
                foreach (bool prefetches in new[] { false, true })
                {
                    Run(shape, lanes, prefetches, hasSlopes: false);
                    Run(shape, lanes, prefetches, hasSlopes: true);
                }
            }
        }
    }

    private static void Run(TileShape shape, int lastLanes, bool prefetches, bool hasSlopes)
    {
        var random = new Random(31);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        int pixels = Tiles * shape.Pixels, panel = shape.Vectors * TSimd.Width;
        int channels = ((shape.Vectors - 1) * TSimd.Width) + lastLanes;
        float[] inputs = Numbers(pixels * Row), weights = Numbers(Depth * panel), bias = Numbers(panel), slopes = Numbers(panel);
        float[] residuals = Numbers(pixels * Row), outputs = [.. Enumerable.Repeat(Untouched, pixels * Row)];

        // The rows backwards, and the second segment away from the first.
        int[] rows = [.. Enumerable.Range(0, pixels).Select(pixel => (pixels - 1 - pixel) * Row)];
        int[] segments = [5, 20];
        fixed (float* input = inputs, weight = weights, biases = bias, slope = slopes, residual = residuals, output = outputs)
        fixed (int* row = rows, segment = segments)
        {
            TileCall call = default;
            call.Tiles = Tiles;
            call.Input = input;
            call.InputRows = row;
            call.Segments = segment;
            call.SegmentCount = Segments;
            call.SegmentLength = SegmentLength;
            call.Weights = weight;
            call.Bias = biases;
            call.Slope = hasSlopes ? slope : null;
            call.Low = -0.5f;
            call.High = 1;
            call.Residual = residual;
            call.ResidualRows = row;
            call.Output = output;
            call.OutputRows = row;
            call.OutputIsFar = true;
            call.LastLanes = lastLanes;
            RegisterTiles<TSimd, TVector>.Find(shape, prefetches)(&call);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            int channel = i % Row, start = i - channel;
            if (channel >= channels)
            {
                Assert.True(outputs[i] == Untouched, $"{typeof(TSimd).Name} {shape} wrote past {channels} channels");
                continue;
            }

            double sum = bias[channel] + residuals[i];
            for (int k = 0; k < Depth; k++)
            {
                sum += (double)inputs[start + segments[k / SegmentLength] + (k % SegmentLength)] * weights[(k * panel) + channel];
            }

            double expected = hasSlopes ? Math.Max(0, sum) + (slopes[channel] * Math.Min(0, sum)) : Math.Clamp(sum, -0.5, 1);
            Assert.True(
                Math.Abs(outputs[i] - expected) < 1e-5,
                $"{typeof(TSimd).Name} {shape}, prefetching {prefetches}, slopes {hasSlopes}: {outputs[i]} in channel {channel}, not {expected}");
        }
    }
}
