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

    private static (int ExitCode, string Output) Run(Workspace work, params string[] args)
    {
        string program = Path.Combine(Workspace.Repository, "tests", "SimulatedCli", "bin", "Release", "net10.0", "SimulatedCli.dll");
        Assert.SkipUnless(File.Exists(program), "needs tests/SimulatedCli built for Release");
        return OtherProgram.Run("dotnet", [program, .. args], environment: [("HME_NVRTC", NoCompiler), ("HME_CACHE", work["kernels"])]);
    }
}
