namespace HandMeshEngine.Cuda.Tests.Native;

/// <summary>Where libraries are looked for. Sets environment variables, so it runs alone.</summary>
[Collection(nameof(ProcessWide))]
public sealed class NativeLibrariesTests : IDisposable
{
    private static readonly string[] _variables =
    [
        "HANDMESH_CUDA", "HANDMESH_NVRTC", "HANDMESH_CACHE", "HME_CUDA", "HME_NVRTC", "HME_CACHE",
        "CUDA_PATH", "CUDA_HOME", "VIRTUAL_ENV", "CONDA_PREFIX", "XDG_CACHE_HOME", "PATH", "HOME",
    ];

    private readonly string?[] _before = [.. _variables.Select(Environment.GetEnvironmentVariable)];
    private readonly string _folder = Directory.CreateTempSubdirectory("handmesh-libraries-").FullName;

    public NativeLibrariesTests()
    {
        Array.ForEach(_variables, variable => Environment.SetEnvironmentVariable(variable, null));
    }

    public void Dispose()
    {
        for (int i = 0; i < _variables.Length; i++)
        {
            Environment.SetEnvironmentVariable(_variables[i], _before[i]);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_newest_NVRTC_known_to_the_loader_comes_first() =>
        Assert.Equal(
            OperatingSystem.IsWindows()
                ? ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"]
                : ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"],
            NativeLibraries.NvrtcCandidates().Take(3));

    [Fact]
    public void The_driver_of_WSL_is_looked_for_where_it_lies()
    {
        string[] expected = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];
        Assert.Equal(expected, NativeLibraries.DriverCandidates());
    }

    [Theory]
    [InlineData("CUDA_PATH", "lib64")]
    [InlineData("CUDA_HOME", "lib64")]
    [InlineData("VIRTUAL_ENV", "lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib")]
    [InlineData("VIRTUAL_ENV", "lib/python3.13/site-packages/nvidia/cu13/lib")]
    [InlineData("CONDA_PREFIX", "lib")]
    public void NVRTC_is_found_where_the_toolkit_and_Python_put_it(string variable, string layout)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("these are the layouts of Linux");
        }

        string library = Path.Combine(_folder, layout, "libnvrtc.so.12");
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.WriteAllText(library, "");
        Environment.SetEnvironmentVariable(variable, _folder);
        Assert.Contains(library, NativeLibraries.NvrtcCandidates());
    }

    [Theory]
    [InlineData("bin/python3", "lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib")] // an environment that is not activated
    [InlineData("bin/python3", "lib/python3.13/site-packages/nvidia/cu13/lib")]
    [InlineData("bin/python", "lib")] // conda
    [InlineData("bin/python3", "local/lib/python3.11/dist-packages/nvidia/cuda_nvrtc/lib")] // pip as root on Debian
    [InlineData("shims/python3", "versions/3.12.1/lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib")] // pyenv
    public void NVRTC_is_found_beside_the_python_on_the_path(string python, string layout)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these are the layouts of Linux");
        string library = MakeFile(layout, "libnvrtc.so.12");
        Environment.SetEnvironmentVariable("PATH", $"/nowhere{Path.PathSeparator}{Path.GetDirectoryName(MakeFile(python))}");
        Assert.Contains(library, NativeLibraries.NvrtcCandidates());
        Assert.Contains(Path.GetDirectoryName(library)!, Nvrtc.SearchedPlaces());
    }

    [Fact]
    public void NVRTC_is_found_beside_the_python_that_a_link_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these are the layouts of Linux");
        string library = MakeFile("base/lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib/libnvrtc.so.12");
        Directory.CreateDirectory(Path.Combine(_folder, "env", "bin"));
        File.CreateSymbolicLink(Path.Combine(_folder, "env", "bin", "python3"), MakeFile("base/bin/python3.12"));
        Environment.SetEnvironmentVariable("PATH", Path.Combine(_folder, "env", "bin"));
        Assert.Contains(library, NativeLibraries.NvrtcCandidates());
    }

    [Fact]
    public void NVRTC_is_found_among_the_users_own_packages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these are the layouts of Linux");
        string library = MakeFile(".local/lib/python3.12/site-packages/nvidia/cu13/lib/libnvrtc.so.13");
        Environment.SetEnvironmentVariable("HOME", _folder);
        Assert.Contains(library, NativeLibraries.NvrtcCandidates());
    }

    [Fact]
    public void An_explicit_choice_is_the_only_place_that_is_searched()
    {
        Environment.SetEnvironmentVariable("HANDMESH_NVRTC", Path.Combine(_folder, "libnvrtc.so.12"));
        Assert.Equal([Path.Combine(_folder, "libnvrtc.so.12")], Nvrtc.SearchedPlaces());
    }

    [Theory]
    [InlineData("HANDMESH_CUDA")]
    [InlineData("HME_CUDA")]
    public void An_explicit_choice_is_the_only_candidate_and_named_as_it_was_given(string variable)
    {
        string file = Path.Combine(_folder, "my-driver.so");
        Environment.SetEnvironmentVariable(variable, file);
        Assert.Equal([file], NativeLibraries.DriverCandidates());
        Assert.Null(CudaDriver.Load(NativeLibraries.DriverCandidates(), out string? reason));
        Assert.Equal($"No NVIDIA driver could be loaded from {file}, where {variable} points (tried {file})", reason);
    }

    [Fact]
    public void An_explicit_folder_is_searched_for_the_known_names()
    {
        string name = NativeLibraries.NvrtcCandidates()[1];
        string library = Path.Combine(_folder, name);
        File.WriteAllText(library, "");
        Environment.SetEnvironmentVariable("HANDMESH_NVRTC", _folder);
        Assert.Equal([library], NativeLibraries.NvrtcCandidates());
    }

    private string MakeFile(params string[] parts)
    {
        string file = Path.Combine([_folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }

    [Fact]
    public void The_cache_lies_in_the_users_cache_folder_or_where_it_is_told_to()
    {
        Assert.EndsWith(Path.Combine("handmesh", "kernels"), KernelCache.DefaultFolder);
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "/var/cache/me");
            Assert.Equal("/var/cache/me/handmesh/kernels", KernelCache.DefaultFolder);
        }

        Environment.SetEnvironmentVariable("HME_CACHE", Path.Combine(_folder, "older"));
        Assert.Equal(Path.Combine(_folder, "older"), new KernelCache().Folder);

        Environment.SetEnvironmentVariable("HANDMESH_CACHE", _folder);
        Assert.Equal(_folder, new KernelCache().Folder);
    }

    [Fact]
    public void The_table_that_was_handed_in_last_is_the_driver()
    {
        FakeDriver fake = new() { DeviceCount = 2 };
        CudaDriver used = CudaDriver.Use(FakeDriver.Table(), loadsPtx: true);
        Assert.True(CudaDriver.TryGet(out CudaDriver? found, out string? reason));
        Assert.Same(used, found);
        Assert.Same(used, CudaDriver.Get());
        Assert.Equal((null, 2, true, 12020), (reason, found.DeviceCount, found.LoadsPtx, found.Version));

        fake.Fail("Init", CudaResult.NoDevice);
        CudaDriver.Use(FakeDriver.Table());
        Assert.False(CudaDriver.TryGet(out _, out reason));
        Assert.StartsWith("NVIDIA driver 12.2 is installed but no CUDA device is visible", reason);
        CudaException error = Assert.Throws<CudaException>(CudaDriver.Get);
        Assert.Equal((CudaErrorKind.Absent, reason + "."), (error.Kind, error.Message));
    }
}
