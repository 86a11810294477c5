using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>
/// The CPU plans of all systems that are checked in under tests/golden: which ops are fused, which steps are fused in row bands, the tiles. To
/// write the files anew: HANDMESH_WRITE_GOLDEN=1 dotnet test --filter CpuGoldenTests.
/// </summary>
public sealed class CpuGoldenTests
{
    [Theory]
    [InlineData("mediapipe-hand", "full")]
    [InlineData("handdgp", null)]
    [InlineData("mobrecon", "dsconv")]
    [InlineData("mobrecon", "spiralconv")]
    [InlineData("graphhand", null)]
    [InlineData("handar", null)]
    [InlineData("inceptiongraph", "r18")]
    [InlineData("pixelaligned", "r18")]
    public void A_system_has_the_plan_of_its_file(string system, string? variant)
    {
        // Two threads and the widest vectors on any machine: nothing is run.
        using var backend = new CpuBackend(threads: 2, SimdLevel.Vector512, guarded: false);
        string weights = system == "mediapipe-hand" ? Path.Combine(CaseFolders.Repository!, "weights", $"mediapipe-hand-{variant}.safetensors") : "random:1";
        var options = new EstimatorOptions { System = system, Variant = system == "mediapipe-hand" ? null : variant, Weights = weights };
        foreach ((string network, OpGraph graph) in HandNetworks.Build(options))
        {
            using Session session = backend.Open(NetworkInputs.Cut(graph), SessionOptions.Default);
            string name = string.Join('-', new[] { "cpu-plan", system, variant, network == system ? null : network }.OfType<string>());
            Compare($"{name}.txt", session.PlanText);
        }
    }

    private static void Compare(string file, string text)
    {
        string path = Path.Combine(CaseFolders.Repository!, "tests", "golden", file);
        if (EnvironmentVariables.Read("HANDMESH_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
