namespace HandMeshEngine.Cuda.Tests;

/// <summary>What is said on a machine without a usable driver.</summary>
public sealed class DriverMessagesTests
{
    [Fact]
    public void A_machine_without_the_library_is_told_so()
    {
        Assert.Null(CudaDriver.Load(["libcuda-that-is-not-there.so.1"], out string? reason));
        Assert.Equal("No NVIDIA driver (libcuda.so.1 / nvcuda.dll) on this machine", reason);
    }

    [Theory]
    [InlineData(CudaResult.NoDevice, 1)]
    [InlineData(CudaResult.Success, 0)]
    public void A_driver_without_a_device_is_told_so(CudaResult init, int count)
    {
        FakeDriver fake = new() { DeviceCount = count };
        fake.Fail("Init", init);
        Assert.Equal(
            "NVIDIA driver 12.2 is installed but no CUDA device is visible (no GPU, no /dev/nvidia*, container without --gpus, or CUDA_VISIBLE_DEVICES hides it)",
            fake.Make().Start());
    }

    [Fact]
    public void A_link_time_stub_is_named_with_its_path()
    {
        FakeDriver fake = new();
        fake.Fail("Init", CudaResult.StubLibrary);
        Assert.Equal(
            "The libcuda found is a link-time stub, not a driver: /opt/fake/libcuda.so.1", fake.Make().Start());
    }

    [Fact]
    public void Different_versions_of_module_and_library_ask_for_a_reboot()
    {
        FakeDriver fake = new();
        fake.Fail("Init", CudaResult.SystemDriverMismatch);
        Assert.Equal(
            "NVIDIA driver 12.2 is installed but does not start: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (system has unsupported display driver / cuda driver combination); kernel module and library versions differ: reboot",
            fake.Make().Start());
    }

    [Fact]
    public void An_unknown_error_suggests_reloading_the_kernel_module()
    {
        FakeDriver fake = new();
        fake.Fail("Init", CudaResult.Unknown);
        Assert.Equal(
            "NVIDIA driver 12.2 is installed but does not start: CUDA_ERROR_UNKNOWN (unknown error); try reloading nvidia_uvm",
            fake.Make().Start());
    }

    [Fact]
    public void An_error_without_a_name_is_given_by_its_number()
    {
        FakeDriver fake = new();
        fake.Fail("Init", CudaResult.SystemNotReady);
        Assert.Equal(
            "NVIDIA driver 12.2 is installed but does not start: CUDA error 802 (no description)", fake.Make().Start());
    }

    [Fact]
    public void A_failure_to_start_is_not_kept()
    {
        FakeDriver fake = new();
        fake.FailOnce(0, CudaResult.OutOfMemory);
        CudaDriver driver = fake.Make();
        Assert.Contains("CUDA_ERROR_OUT_OF_MEMORY (out of memory)", driver.Start());
        Assert.Null(driver.Start());
        Assert.Equal(1, driver.DeviceCount);
    }

    [Fact]
    public void A_library_that_is_no_driver_is_called_too_old()
    {
        string library = OperatingSystem.IsWindows() ? "kernel32.dll" : OperatingSystem.IsMacOS() ? "libSystem.dylib" : "libc.so.6";
        Assert.Null(CudaDriver.Load([library], out string? reason));
        Assert.Contains("lacks cuInit: it is older than CUDA 11.2, please update it", reason);
    }

    [Fact]
    public void The_real_library_says_the_same_without_a_device()
    {
        string library = Path.Combine(Repository.Root, ".cache", "libcuda", "libcuda.so.1");
        if (!File.Exists(library))
        {
            Assert.Skip("no .cache/libcuda; run tools/fetch-nvrtc");
        }

        if (File.Exists("/proc/driver/nvidia/version"))
        {
            Assert.Skip("this machine has NVIDIA's kernel module");
        }

        CudaDriver? driver = CudaDriver.Load([library], out string? reason);
        Assert.Null(reason);
        Assert.Matches(@"^NVIDIA driver 1\d\.\d+ is installed but no CUDA device is visible \(no GPU, ", driver!.Start());
    }

    [Fact]
    public void The_names_of_the_exports_match_the_fields_of_the_table()
    {
        string[] fields = [.. typeof(DriverTable).GetFields().OrderBy(field => field.MetadataToken).Select(field => "cu" + field.Name)];
        Assert.Equal(fields, DriverExports.Names.Select(name => name.Replace("_v2", "")));
    }

    [Fact]
    public void A_table_lacks_only_what_is_needed()
    {
        string[] optional = ["cuLaunchKernelEx", "cuGraphInstantiateWithFlags"];
        DriverExports.Fill(name => optional.Contains(name) ? 0 : 1, out string? missing);
        Assert.Null(missing);
        DriverExports.Fill(name => name == "cuGraphUpload" ? 0 : 1, out missing);
        Assert.Equal("cuGraphUpload", missing);
        DriverExports.Fill(name => name.StartsWith("cuGraphInstantiate") ? 0 : 1, out missing);
        Assert.Equal("cuGraphInstantiate_v2", missing);
    }
}
