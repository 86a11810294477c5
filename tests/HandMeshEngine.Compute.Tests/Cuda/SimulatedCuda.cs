using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>The CUDA backend on a simulated device. Its end demands that nothing is left on the device.</summary>
internal sealed class SimulatedCuda : IDisposable
{
    private static readonly Dictionary<string, Nvrtc> _compilers = [];
    private static readonly Lazy<string> _folder = new(() => Path.Combine(Root!, ".cache", "kernels"));

    // For sessions that are opened without our options: by the verifier and the estimator.
    static SimulatedCuda() => Environment.SetEnvironmentVariable(KernelCache.FolderVariable, _folder.Value);

    private SimulatedCuda(Simulator simulator, CudaDriver driver, CudaBackend backend)
    {
        Simulator = simulator;
        Device = driver.GetDevice(0);
        Backend = backend;
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = CaseFolders.Repository ?? throw new InvalidOperationException("the tests run outside the repository");

    public Simulator Simulator { get; }

    /// <summary>The simulated device.</summary>
    public CudaDevice Device { get; }

    public CudaBackend Backend { get; }

    /// <summary>Opens a device of an architecture, lone ops with tensor cores everywhere and exact range checks.</summary>
    /// <remarks>Where NVRTC is missing the test is skipped, and in CI it fails.</remarks>
    public static SimulatedCuda Open(
        int sm = 86, string nvrtc = "12.4", IReadOnlyDictionary<string, string>? sources = null, SimulatorOptions? options = null,
        bool loneOps = false, bool launchesApart = false, string switches = "")
    {
        Nvrtc compiler = Compiler(nvrtc);
        Simulator simulator = new((options ?? new SimulatorOptions()) with { Sm = sm });
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        return new SimulatedCuda(simulator, driver, new CudaBackend(driver, new CudaBackendOptions { Switches = CudaSwitches.Parse(switches) }, compiler)
        {
            Hooks = new CudaTestHooks { Sources = sources, RoundsHeads = loneOps, SeparatesValues = loneOps, LaunchesApart = launchesApart },
        });
    }

    /// <summary>Options that keep compiled kernels in the repository's ignored cache folder.</summary>
    public static SessionOptions Options(Precision precision = Precision.Float32) =>
        new() { Precision = precision, KernelFolder = _folder.Value };

    /// <summary>An NVRTC that tools/fetch-nvrtc brought.</summary>
    public static Nvrtc Compiler(string version)
    {
        string folder = Path.Combine(Root, ".cache", "nvrtc", version);
        if (!Directory.Exists(folder))
        {
            const string reason = "NVRTC is not in .cache/nvrtc; run tools/fetch-nvrtc";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        lock (_compilers)
        {
            if (!_compilers.TryGetValue(version, out Nvrtc? compiler))
            {
                _compilers.Add(version, compiler = Nvrtc.Open(folder));
            }

            return compiler;
        }
    }

    public void Dispose()
    {
        Backend.Dispose();
        Assert.True(Simulator.Ledger.IsEmpty, $"left on the device: {Simulator.Ledger}");
        Simulator.Dispose();
    }
}
