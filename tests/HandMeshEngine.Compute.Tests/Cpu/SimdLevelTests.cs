using System.Diagnostics;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>The plan chooses its vectors by what the runtime may use; the environment takes instructions away.</summary>
public sealed class SimdLevelTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "AVX2")]
    [InlineData("DOTNET_EnableAVX2", "128-bit vectors")]
    [InlineData("DOTNET_EnableHWIntrinsic", "128-bit vectors")]
    public async Task Every_op_passes_in_a_process_without_some_instructions(string variable, string expected)
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable(ExpectedVariable) is not null, "this is the child process");
        Assert.SkipWhen(SimdLevels.Best == SimdLevel.Vector128, "this processor has no wider vectors to take away");
        string tests = typeof(SimdLevelTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(tests);
        }

        foreach (string argument in new[] { "-class", typeof(CpuOpTests).FullName!, "-class", typeof(SimdLevelTests).FullName!, "-noLogo" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[variable] = "0";
        start.Environment[ExpectedVariable] = expected;
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, output + await errors);
        Assert.Contains("Failed: 0", output);
    }

    [Fact]
    public void The_backend_says_which_vectors_it_uses()
    {
        using var backend = new CpuBackend(threads: 1);
        string expected = Environment.GetEnvironmentVariable(ExpectedVariable) ?? SimdLevels.Best switch
        {
            SimdLevel.Vector512 => "AVX-512",
            SimdLevel.Vector256 => "AVX2",
            _ => "128-bit vectors",
        };
        Assert.Equal($"1 thread, {expected}", backend.Description);
    }

    private const string ExpectedVariable = "HANDMESH_TEST_EXPECTED_VECTORS";
}
