namespace HandMeshEngine.Cli.Tests;

/// <summary>Runs the command as a process of its own, on the simulated device or on this machine.</summary>
internal static class SimulatedProcess
{
    /// <summary>The NVRTC that tools/fetch-nvrtc brought.</summary>
    /// <remarks>Where it is missing the test is skipped, and in CI it fails.</remarks>
    public static string Nvrtc()
    {
        string folder = Path.Combine(Workspace.Repository, ".cache", "nvrtc", "12.4");
        if (!Directory.Exists(folder))
        {
            const string reason = "NVRTC is not in .cache/nvrtc; run tools/fetch-nvrtc";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        return folder;
    }

    /// <summary>tests/SimulatedCli with its kernels in the work space.</summary>
    public static (int ExitCode, string Output) Run(Workspace work, string nvrtc, int sm, params string[] args) => OtherProgram.Run(
        "dotnet",
        [Program("tests", "SimulatedCli", "SimulatedCli.dll"), .. args],
        environment: [("HANDMESH_NVRTC", nvrtc), ("HANDMESH_CACHE", work["kernels"]), ("HANDMESH_SIMULATED_SM", sm.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The same where kernels do nothing, with the kernels of the repository's cache.</summary>
    public static (int ExitCode, string Output) RunWithoutKernels(params string[] args) => OtherProgram.Run(
        "dotnet",
        [Program("tests", "SimulatedCli", "SimulatedCli.dll"), .. args],
        environment: [("HANDMESH_NVRTC", Nvrtc()), ("HANDMESH_CACHE", Path.Combine(Workspace.Repository, ".cache", "kernels")), ("HANDMESH_SIMULATED_SKIPS", "1")]);

    /// <summary>The command itself.</summary>
    public static (int ExitCode, string Output) RunCommand((string Name, string Value) variable, params string[] args) =>
        OtherProgram.Run("dotnet", [Program("src", "HandMeshEngine.Cli", "handmesh.dll"), .. args], environment: variable);

    private static string Program(string room, string project, string file)
    {
        string program = Path.Combine(Workspace.Repository, room, project, "bin", "Release", "net10.0", file);
        Assert.SkipUnless(File.Exists(program), $"needs {room}/{project} built for Release");
        return program;
    }
}
