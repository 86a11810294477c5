using System.Diagnostics;

namespace HandMeshEngine.Cli.Tests;

public sealed class GpuKitTests
{
    [Fact]
    public async Task The_kit_runs_in_small_on_the_simulated_device()
    {
        string compiler = Path.Combine(Workspace.Repository, ".cache", "nvrtc", "12.4", "libnvrtc.so.12");
        Assert.SkipUnless(File.Exists(compiler), "NVRTC is not here; tools/fetch-nvrtc fetches it");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit is for Linux");
        using var work = new Workspace();
        var start = new ProcessStartInfo(Path.Combine(Workspace.Repository, "tools", "simulate-gpu-kit"), [work["kit"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("5 steps, 0 failed", output);
        Assert.Contains("\"hopInGraphUs\":", output);
        Assert.Contains("ops on cuda fp16: ", output);
        Assert.True(File.Exists(work["kit/results/ops-fp32.jsonl"]));
    }
}
