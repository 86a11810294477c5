using BenchmarkDotNet.Running;

namespace HandMeshEngine.Benchmarks;

/// <summary>dotnet run -c Release --project bench/HandMeshEngine.Benchmarks -- --filter '*'</summary>
public static class Program
{
    /// <summary>Names the photo of <see cref="GeometryBenchmarks"/>; the child processes inherit it.</summary>
    public const string PhotoVariable = "HANDMESH_BENCH_PHOTO";

    /// <summary>Runs what the filter selects.</summary>
    public static void Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(PhotoVariable) is null)
        {
            Environment.SetEnvironmentVariable(PhotoVariable, Path.GetFullPath("tests/photos/pointing.jpg"));
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
