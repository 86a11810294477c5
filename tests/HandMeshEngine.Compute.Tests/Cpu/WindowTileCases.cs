using HandMeshEngine.Compute.Backends.Cpu.Kernels;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>Runs every kernel of depth-wise convolutions of one vector width on random numbers.</summary>
internal static unsafe class WindowTileCases<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int Rows = 4;
    private const float Untouched = -99, Low = -0.5f, High = 1;

    public static void RunAll()
    {
        foreach (int kernel in new[] { 3, 5 })
        {
            foreach (int stride in new[] { 1, 2 })
            {
                foreach (int block in WindowTiles<TSimd, TVector>.Blocks(kernel, stride))
                {
                    Run(kernel, stride, block, isAny: false);
                }
            }
        }

        foreach (int block in WindowTiles<TSimd, TVector>.Blocks(0, 1))
        {
            Run(3, 1, block, isAny: true);
            Run(2, 3, block, isAny: true);
        }
    }

    /// <summary>
    /// One vector of channels of a map with as much padding as half the kernel; the kernels of any window (<paramref name="isAny"/>)
    /// know no edge and get none.
    /// </summary>
    private static void Run(int kernel, int stride, int block, bool isAny)
    {
        var random = new Random(32);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];

        // The last block overlaps the one before it.
        int columns = (2 * block) + 1, padding = isAny ? 0 : kernel / 2;
        int width = ((columns - 1) * stride) + kernel - (2 * padding), height = ((Rows - 1) * stride) + kernel - (2 * padding);
        int lanes = TSimd.Width - 1, pixel = TSimd.Width + 3;
        float[] map = Numbers(width * height * pixel), weights = Numbers(kernel * kernel * TSimd.Width), bias = Numbers(TSimd.Width);
        float[] residuals = Numbers(Rows * columns * pixel), outputs = [.. Enumerable.Repeat(Untouched, Rows * columns * pixel)];
        var zeros = new float[TSimd.Width];
        int[] offsets = [.. Enumerable.Range(0, kernel * kernel).Select(tap => ((tap / kernel * width) + (tap % kernel)) * pixel)];
        fixed (float* input = map, weight = weights, biases = bias, residual = residuals, output = outputs, zero = zeros)
        fixed (int* offset = offsets)
        {
            WindowCall call = default;
            call.Input = input - (padding * width * pixel);
            call.InputStep = pixel;
            call.InputRowStep = stride * width * pixel;
            call.Stride = stride;
            call.Top = -padding;
            call.Left = padding;
            call.Height = height;
            call.Width = width;
            call.Zeros = zero;
            call.KernelRowStep = width * pixel;
            call.Offsets = offset;
            call.Taps = offsets.Length;
            call.Weights = weight;
            call.Bias = biases;
            call.Low = Low;
            call.High = High;
            call.Residual = residual;
            call.ResidualStep = pixel;
            call.ResidualRowStep = columns * pixel;
            call.Output = output;
            call.OutputStep = pixel;
            call.OutputRowStep = columns * pixel;
            call.Rows = Rows;
            call.Columns = columns;
            call.Channels = lanes;
            WindowTiles<TSimd, TVector>.Find(isAny ? 0 : kernel, stride, block)(&call);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            int channel = i % pixel, x = i / pixel % columns, y = i / pixel / columns;
            string what = $"{typeof(TSimd).Name} window {kernel} stride {stride} block {block}{(isAny ? ", any window" : string.Empty)}";
            if (channel >= lanes)
            {
                Assert.True(outputs[i] == Untouched, $"{what} wrote past its channels");
                continue;
            }

            double sum = bias[channel] + residuals[i];
            for (int tap = 0; tap < kernel * kernel; tap++)
            {
                int row = (y * stride) + (tap / kernel) - padding, column = (x * stride) + (tap % kernel) - padding;
                if (row >= 0 && row < height && column >= 0 && column < width)
                {
                    sum += (double)map[(((row * width) + column) * pixel) + channel] * weights[(tap * TSimd.Width) + channel];
                }
            }

            double expected = Math.Clamp(sum, Low, High);
            Assert.True(Math.Abs(outputs[i] - expected) < 1e-5, $"{what}: {outputs[i]} at ({x}, {y}), not {expected}");
        }
    }
}
