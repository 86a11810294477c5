namespace HandMeshEngine.Cli.Tests;

/// <summary>compile and tune, as far as they go without NVRTC and GPU.</summary>
public sealed class KernelVerbTests
{
    [Fact]
    public void Compile_refuses_what_is_no_architecture()
    {
        using var work = new Workspace();
        (int exitCode, _, string errors) = CommandRunner.Run("compile", "--arch", "ampere", "-o", work["kernels"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("ampere", errors);
        Assert.Contains("sm_86", errors);
        Assert.False(Directory.Exists(work["kernels"]));
    }

    [Fact]
    public void Compile_refuses_an_architecture_that_is_too_old()
    {
        using var work = new Workspace();
        (int exitCode, _, string errors) = CommandRunner.Run("compile", "--arch", "sm_61", "-o", work["kernels"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("sm_61", errors);
    }

    [Fact]
    public void Tune_refuses_a_device_without_tiles()
    {
        (int exitCode, _, string errors) = CommandRunner.Run("tune", "--device", "cpu");
        Assert.Equal(2, exitCode);
        Assert.Contains("only cuda", errors);
    }

    [Fact]
    public void Plans_of_an_architecture_are_printed_without_a_device()
    {
        string weights = Path.Combine(AppContext.BaseDirectory, "weights", "mediapipe-hand-lite.safetensors");
        (int exitCode, string output, _) = CommandRunner.Run("inspect", weights, "--plan", "--device", "sm_86");
        Assert.Equal(0, exitCode);
        Assert.Contains("conv2d_mma_f16", output);
    }
}
