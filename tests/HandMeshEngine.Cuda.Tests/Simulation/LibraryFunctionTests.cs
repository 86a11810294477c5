using System.Numerics;
using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>What NVRTC makes of the CUDA library's functions, against the same functions of .NET.</summary>
public sealed class LibraryFunctionTests
{
    private const int Count = 150, Which = 3;
    private const float Scale = 0.37f;
    private const double Divisor = 3.25;

    public static TheoryData<string, int> Targets => CompiledKernel.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Library_functions_agree_with_dotnet(string version, int sm)
    {
        float[] table = [10, 20, 30, 40, 50, 60];
        Func<float, int, double>[] functions =
        [
            (x, i) => Math.Sin(x),
            (x, i) => Math.Cos(x * 100000f),
            (x, i) => Math.Exp(x),
            (x, i) => Math.Log(Math.Abs(x)),
            (x, i) => Math.Tanh(x),
            (x, i) => Math.Pow(Math.Abs(x), 1.3f),
            (x, i) => ErrorFunction(x),
            (x, i) => Math.Sqrt(Math.Abs(x)),
            (x, i) => x / Scale,
            (x, i) => x % 0.7f,
            (x, i) => Math.Round(x) + (10 * Math.Floor(x)) + (100 * Math.Truncate(x)),
            (x, i) => (x / Divisor) + Math.Sqrt(((double)x * x) + 1) + (1 / (2 + ((double)x * x))),
            (x, i) => Horner(x * 0.1f, Which),
            (x, i) => (i & 3) * (i & 3),
            (x, i) => (i / (Which + 1) * 100) + (i % (Which + 2)),
            (x, i) => i * 123456789012345L / (Which + 7) % 1000,
            (x, i) => x * ((i * 5) & 7),
            (x, i) => (i % 7) switch
            {
                0 => 1,
                1 => x + 1,
                2 => x * 2,
                3 => -x,
                4 => Horner(x * 0.1f, 3),
                5 => Math.Atan2(x, 2),
                _ => table[Which],
            },
            (x, i) => 1,
            (x, i) => -x + BitOperations.PopCount((uint)i) + BitOperations.LeadingZeroCount((uint)i)
                + (i == 0 ? 0 : BitOperations.TrailingZeroCount(i) + 1) + (Reverse((uint)i) / 4294967296.0),
            (x, i) => Math.Clamp(x, -1, 1) + (x > 0 ? 10 : 20),
        ];
        var random = new Random(5);
        float[] input = [.. Enumerable.Range(0, Count).Select(_ => (random.NextSingle() - 0.5f) * 20)];
        byte[] settings = [0, 0, 0, 0, .. BitConverter.GetBytes(Scale), .. BitConverter.GetBytes(Divisor), .. table.SelectMany(BitConverter.GetBytes)];

        string ptx = CompiledKernel.Ptx(version, sm, CompiledKernel.Source("functions"), $"-DFUNCTIONS={functions.Length}");
        using SimulatedRun run = new(new SimulatorOptions { Sm = sm });
        ulong output = run.Load(ptx).Allocate(Count * functions.Length * 4);
        run.Launch("functions", new Shape(3, 64), run.Upload<float>(input), output, Count, run.Upload<byte>(settings), Which);
        float[] actual = run.Read<float>(output, Count * functions.Length);
        for (int f = 0; f < functions.Length; f++)
        {
            for (int i = 0; i < Count; i++)
            {
                double expected = functions[f](input[i], i), value = actual[(f * Count) + i];
                Assert.True(Math.Abs(value - expected) <= 3e-6 * Math.Max(1, Math.Abs(expected)), $"function {f} of {input[i]:r} (i {i}): {value:r}, not {expected:r}");
            }
        }
    }

    private static float Horner(float a, int n)
    {
        float result = a;
        for (int i = 0; i < n; i++)
        {
            result = (result * a) + 1;
        }

        return result;
    }

    /// <summary>erf by its power series, which converges everywhere.</summary>
    private static double ErrorFunction(double x)
    {
        if (Math.Abs(x) > 5)
        {
            return Math.Sign(x);
        }

        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static uint Reverse(uint value) => Enumerable.Range(0, 32).Aggregate(0u, (r, i) => r | (value >> i & 1) << (31 - i));
}
