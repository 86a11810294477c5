using System.Globalization;

namespace HandMeshEngine.Tests.Fuzzing;

/// <summary>How much the fuzzing tests do: HANDMESH_FUZZ_SEED is added to every seed, HANDMESH_FUZZ_CASES replaces the count.</summary>
internal static class FuzzRun
{
    private const int DefaultCases = 20_000;

    public static ulong Seed { get; } = ulong.Parse(Environment.GetEnvironmentVariable("HANDMESH_FUZZ_SEED") ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Damaged files for each test.</summary>
    public static int Cases { get; } = int.Parse(
        Environment.GetEnvironmentVariable("HANDMESH_FUZZ_CASES") ?? $"{DefaultCases}", CultureInfo.InvariantCulture);
}
