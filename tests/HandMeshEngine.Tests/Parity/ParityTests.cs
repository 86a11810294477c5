using HandMeshEngine.Cases.Parity;

namespace HandMeshEngine.Tests.Parity;

/// <summary>Every stored case of every system.</summary>
public sealed class ParityTests
{
    // Plain loops manage some 200 million multiply-adds a second: heads, solvers and small stages only.
    private const long ReferenceLimit = 120_000_000;

    private static readonly string[] _folders = ["handdgp", "graphhand", "handar", "inceptiongraph", "pixelaligned", "mediapipe-hand"];

    public static TheoryData<string> Cases() => [.. _folders.SelectMany(ParityRun.Cases)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_passes_on_the_reference_backend(string path) => Check(path, "reference", ReferenceLimit);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_passes_on_the_processor(string path) => Check(path, "cpu", long.MaxValue);

    private static void Check(string path, string device, long multiplyAddLimit)
    {
        using Backend backend = Devices.Open(device);

        string? failure = ParityRun.Failure(path, backend, Precision.Float32, multiplyAddLimit);

        Assert.True(failure is null, failure);
    }
}
