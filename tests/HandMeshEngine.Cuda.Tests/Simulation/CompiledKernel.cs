using HandMeshEngine.Cuda.Tests.Compilation;
using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>CUDA sources through the real NVRTC, and the convolution that the simulator is tried on.</summary>
internal static class CompiledKernel
{
    public const int Height = 13, Width = 11, Inputs = 64, Outputs = 64, Pixels = Height * Width;

    /// <summary>Every NVRTC with the oldest architecture, the one with asynchronous copies, and the newest.</summary>
    public static TheoryData<string, int> Targets => new() { { "11.8", 75 }, { "11.8", 80 }, { "11.8", 90 }, { "12.4", 75 }, { "12.4", 80 }, { "12.4", 90 } };

    public static string Source(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "HandMeshEngine.Cuda.Tests", "Simulation", name + ".cu"));

    public static string Ptx(string version, int sm, string source, params string[] options)
    {
        var image = Compilers.Open(version).Compile(Compilers.Program(source, options), new KernelTarget(sm, KernelImageKind.Ptx));
        Assert.Equal("", image.Log);
        return Encoding.UTF8.GetString(image.Bytes);
    }

    /// <summary>Runs the convolution of a source that may hold a planted bug; the result is null where the simulator stopped it.</summary>
    public static (float Error, string? Message, Simulator Simulator) Convolve(string version, int sm, string source, SimulatorOptions? options = null)
    {
        string ptx = Ptx(version, sm, source, $"-DHEIGHT={Height}", $"-DWIDTH={Width}", $"-DCIN={Inputs}", $"-DCOUT={Outputs}");
        var random = new Random(3);
        Half[] x = [.. Enumerable.Range(0, Pixels * Inputs).Select(_ => (Half)(random.NextSingle() - 0.5f))];
        Half[] w = [.. Enumerable.Range(0, Outputs * 9 * Inputs).Select(_ => (Half)((random.NextSingle() - 0.5f) / 8))];
        float[] bias = [.. Enumerable.Range(0, Outputs).Select(_ => random.NextSingle() - 0.5f)];
        using SimulatedRun run = new(options ?? new SimulatorOptions { Sm = sm });
        ulong y = run.Load(ptx).Allocate(Pixels * Outputs * 2);
        var shape = new Shape(((Pixels + 63) / 64, Outputs / 64, 1), (128, 1, 1), 24576);
        CudaResult result = run.TryLaunch("conv3x3", shape, run.Upload<Half>(x), run.Upload<Half>(w), run.Upload<float>(bias), y, 0.1f);
        return result == CudaResult.Success
            ? (Error(run.Read<Half>(y, Pixels * Outputs), x, w, bias), null, run.Simulator)
            : (float.NaN, run.Simulator.LastError, run.Simulator);
    }

    /// <summary>Largest difference from the convolution in double precision over a sample of the outputs.</summary>
    private static float Error(Half[] y, Half[] x, Half[] w, float[] bias)
    {
        double largest = 0;
        for (int i = 0; i < y.Length; i += 7)
        {
            var (pixel, channel) = (i / Outputs, i % Outputs);
            double sum = bias[channel];
            for (int tap = 0; tap < 9; tap++)
            {
                int py = (pixel / Width) + (tap / 3) - 1, px = (pixel % Width) + (tap % 3) - 1;
                for (int c = 0; c < Inputs && (uint)py < Height && (uint)px < Width; c++)
                {
                    sum += (double)x[(((py * Width) + px) * Inputs) + c] * (double)w[(((channel * 9) + tap) * Inputs) + c];
                }
            }

            double error = Math.Abs((sum > 0 ? sum : sum * 0.1f) - (double)y[i]);
            largest = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(largest, error);
        }

        return (float)largest;
    }
}
