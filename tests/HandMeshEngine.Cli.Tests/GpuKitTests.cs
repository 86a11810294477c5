namespace HandMeshEngine.Cli.Tests;

public sealed class GpuKitTests
{
    [Fact]
    public void The_first_hour_survives_a_stage_that_hangs_and_one_that_dies_on_the_simulated_device()
    {
        string compiler = Path.Combine(Workspace.Repository, ".cache", "nvrtc", "12.4", "libnvrtc.so.12");
        Assert.SkipUnless(File.Exists(compiler), "NVRTC is not here; tools/fetch-nvrtc fetches it");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit is for Linux");
        using var work = new Workspace();
        (int exitCode, string output) = OtherProgram.Run(Path.Combine(Workspace.Repository, "tools", "simulate-gpu-kit"), [work["kit"]]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("9 stages, 2 planted to fail and found", output);
        Assert.Contains("\"hopInGraphUs\":", output);
        Assert.Contains("ops on cuda fp16: ", output);
        Assert.Contains("0 differ from the first", output);
        Assert.Equal(["first-hour.tar.gz", "summary.txt"], Directory.EnumerateFiles(work["kit/results"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
