namespace HandMeshEngine.Cli.Tests;

/// <summary>The command on a machine with a (simulated) GPU, run as a process of its own.</summary>
public sealed class SimulatedDeviceTests
{
    private const string NoCompiler = "nowhere/libnvrtc.so.12";

    [Fact]
    public void Doctor_says_that_a_gpu_lacks_its_compiler_and_what_to_do()
    {
        using var work = new Workspace();
        (int exitCode, string output) = Run(work, "doctor");
        Assert.Equal(0, exitCode);
        Assert.Contains("cuda   no   PTX simulator", output);
        Assert.Contains("NVRTC", output);
        Assert.Contains("handmesh compile", output);
        Assert.Contains("--device auto uses cpu", output);
    }

    [Fact]
    public void Cuda_asked_for_by_name_never_falls_back()
    {
        using var work = new Workspace();
        (int exitCode, string output) = Run(work, "predict", Workspace.Photo, "--device", "cuda", "--out", work["out"]);
        Assert.Equal(4, exitCode);
        Assert.Contains("there is no compiler", output);
        Assert.Empty(Directory.GetFiles(work["out"]));
    }

    [Fact]
    public void Auto_falls_back_with_one_note()
    {
        using var work = new Workspace();
        (int exitCode, string output) = Run(work, "predict", Workspace.Photo, "--out", work["out"], "--no-overlay");
        Assert.Equal(0, exitCode);
        Assert.Contains("running on the CPU", output);
        Assert.Contains("mediapipe-hand on cpu", output);
    }

    [Fact]
    public void Doctor_says_that_no_driver_is_installed()
    {
        (int exitCode, string output) = SimulatedProcess.RunCommand(("HANDMESH_CUDA", "nowhere/libcuda.so.1"), "doctor");
        Assert.Equal(0, exitCode);
        Assert.Matches("cuda   no   No NVIDIA driver", output);
        Assert.Contains("--device auto uses cpu", output);
    }

    [Fact]
    public void Doctor_says_that_a_driver_sees_no_device()
    {
        string library = Path.Combine(Workspace.Repository, ".cache", "libcuda", "libcuda.so.1");
        Assert.SkipUnless(File.Exists(library), "no .cache/libcuda; run tools/fetch-nvrtc");
        Assert.SkipWhen(File.Exists("/proc/driver/nvidia/version"), "this machine has NVIDIA's kernel module");
        (int exitCode, string output) = SimulatedProcess.RunCommand(("HANDMESH_CUDA", library), "doctor");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"cuda   no   NVIDIA driver [\d.]+ is installed but no CUDA device is visible", output);
        Assert.Contains("--device auto uses cpu", output);
    }

    [Fact]
    public void Doctor_says_that_the_compiler_is_older_than_the_device()
    {
        using var work = new Workspace();
        (int exitCode, string output) = SimulatedProcess.Run(work, SimulatedProcess.Nvrtc(), sm: 120, "doctor");
        Assert.Equal(0, exitCode);
        Assert.Contains("cuda   yes  PTX simulator (sm_120)", output);
        string words = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)); // lines end where the page does
        Assert.Contains("NVRTC 12.4 is older than PTX simulator (sm_120)", words);
        Assert.Contains("a newer NVRTC would make code for the device itself", words);
    }

    [Fact]
    public void Bench_compares_switches_in_turns_and_the_usual_way_with_itself()
    {
        string[] command =
            ["bench", "--system", "handdgp", "--weights", "random:1", "--device", "cuda", "--box", "100,100,200,200", "--duration", "0.02", "--against", "launch=plain overlap=off"];
        (int exitCode, string output) = SimulatedProcess.RunWithoutKernels(command);
        Assert.True(exitCode == 0, output);
        Assert.Contains("usual again ", output);
        Assert.Matches(@"launch=plain overlap=off +p50 [\d.]+ ms, p99 [\d.]+, medians of rounds [\d.]+ to [\d.]+, \d+ samples", output);
        Assert.Matches(@"(launch=plain overlap=off takes|no difference beyond the spread;) [\d.]+ times the usual, which takes [\d.]+ times itself", output);

        (exitCode, output) = SimulatedProcess.RunWithoutKernels([.. command, "--json"]);
        Assert.True(exitCode == 0, output);
        JsonElement json = JsonDocument.Parse(output[output.IndexOf('{')..]).RootElement;
        Assert.Equal("launch=plain overlap=off", json.GetProperty("switches").GetString());
        Assert.All(["usual", "usual again", "other"], way => Assert.True(json.GetProperty(way).GetProperty("count").GetInt32() >= 10));
        Assert.Equal(
            json.GetProperty("other").GetProperty("p50").GetDouble() / json.GetProperty("usual").GetProperty("p50").GetDouble(), json.GetProperty("ratio").GetDouble(), 6);

        (exitCode, output) = SimulatedProcess.RunWithoutKernels([.. command[..^1], "overlap=sometimes"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("overlap=sometimes", output);
    }

    /// <summary>Both start with nothing, compile the same kernels and store them under the same names.</summary>
    [Fact]
    public async Task Two_processes_fill_one_cache_folder_at_once()
    {
        using var work = new Workspace();
        string nvrtc = SimulatedProcess.Nvrtc();
        (int ExitCode, string Output)[] both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(i => Task.Run(() => SimulatedProcess.Run(work, nvrtc, sm: 86, Ops($"both-{i}")))));
        Assert.All(both, run => Assert.True(run.ExitCode == 0, run.Output));

        string[] files = Directory.GetFiles(work["kernels"]);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.EndsWith(".kernel", file));
        (int exitCode, string output) = SimulatedProcess.Run(work, NoCompiler, sm: 86, Ops("after"));
        Assert.True(exitCode == 0, output);

        string[] Ops(string name) => ["ops", work[name + ".jsonl"], "--precision", "fp16", "--every", "40"];
    }

    private static (int ExitCode, string Output) Run(Workspace work, params string[] args) => SimulatedProcess.Run(work, NoCompiler, sm: 90, args);
}
