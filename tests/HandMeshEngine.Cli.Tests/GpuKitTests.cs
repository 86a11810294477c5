namespace HandMeshEngine.Cli.Tests;

public sealed class GpuKitTests
{
    [Fact]
    public void The_kit_runs_in_small_on_the_simulated_device()
    {
        string compiler = Path.Combine(Workspace.Repository, ".cache", "nvrtc", "12.4", "libnvrtc.so.12");
        Assert.SkipUnless(File.Exists(compiler), "NVRTC is not here; tools/fetch-nvrtc fetches it");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit is for Linux");
        using var work = new Workspace();
        (int exitCode, string output) = OtherProgram.Run(Path.Combine(Workspace.Repository, "tools", "simulate-gpu-kit"), [work["kit"]]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("5 steps, 0 failed", output);
        Assert.Contains("\"hopInGraphUs\":", output);
        Assert.Contains("ops on cuda fp16: ", output);
        Assert.True(File.Exists(work["kit/results/ops-fp32.jsonl"]));
    }
}
