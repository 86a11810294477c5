namespace HandMeshEngine.Cuda.Tests.Compilation;

/// <summary>The NVRTC versions that tools/fetch-nvrtc brings, and programs for them.</summary>
internal static class Compilers
{
    private static readonly Dictionary<string, Nvrtc> _opened = [];

    /// <summary>The versions, for theories.</summary>
    public static TheoryData<string> Versions => ["11.8", "12.4"];

    /// <summary>The shared headers of the kernels.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
        [.. ((string[])["prelude.cuh", "mma.cuh"]).Select(name =>
            KeyValuePair.Create(name, File.ReadAllText(Path.Combine(Repository.Root, "kernels", name))))];

    /// <summary>Opens a version. Without it the test is skipped, but fails in CI, where nothing may be left unproved.</summary>
    public static Nvrtc Open(string version)
    {
        string folder = Path.Combine(Repository.Root, ".cache", "nvrtc", version);
        if (!Directory.Exists(folder))
        {
            const string reason = "NVRTC is not in .cache/nvrtc; run tools/fetch-nvrtc";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        lock (_opened)
        {
            if (!_opened.TryGetValue(version, out Nvrtc? nvrtc))
            {
                _opened[version] = nvrtc = Nvrtc.Open(folder);
            }

            return nvrtc;
        }
    }

    /// <summary>A program with the shared headers.</summary>
    public static KernelProgram Program(string source, params string[] options) => new("test", source, Headers, options);

    /// <summary>A device of a given architecture that runs nothing.</summary>
    public static CudaDevice Device(int sm, int driverVersion = 12020, bool loadsPtx = false)
    {
        CudaDriver driver = new FakeDriver { Sm = sm, Version = driverVersion }.Make(loadsPtx: loadsPtx);
        Assert.Null(driver.Start());
        return driver.GetDevice(0);
    }
}
