namespace HandMeshEngine.Cuda.Tests.Compilation;

/// <summary>The compiler itself: targets, logs, errors.</summary>
public sealed class NvrtcTests
{
    private const string Doubling = """
        #include "prelude.cuh"
        KERNEL(32) twice(float* values) { values[threadIdx.x] *= FACTOR; }
        """;

    public static TheoryData<string> Versions => Compilers.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_library_in_a_private_folder_compiles_with_its_builtins(string version)
    {
        Nvrtc nvrtc = Compilers.Open(version);
        Assert.Equal(version, nvrtc.VersionText);
        Assert.All((int[])[75, 80, 86, 89, 90], sm => Assert.Contains(sm, nvrtc.Architectures));

        KernelProgram program = Compilers.Program(Doubling, "-DFACTOR=2.f");
        KernelImage cubin = nvrtc.Compile(program, KernelTarget.Parse("sm_86"));
        Assert.Equal("\u007fELF"u8.ToArray(), cubin.Bytes[..4]);
        Assert.Equal(("", nvrtc.Version), (cubin.Log, cubin.NvrtcVersion));

        string ptx = Encoding.UTF8.GetString(nvrtc.Compile(program, KernelTarget.Parse("compute_75")).Bytes);
        Assert.Contains(".target sm_75", ptx);
        Assert.Contains(".entry twice(", ptx);
        Assert.Contains("test.cu", ptx);
        Assert.DoesNotContain('\0', ptx);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Warnings_of_a_success_are_kept(string version)
    {
        KernelProgram program = Compilers.Program("""extern "C" __global__ void k() { int unused; }""");
        KernelImage image = Compilers.Open(version).Compile(program, KernelTarget.Parse("sm_80"));
        Assert.Contains("warning", image.Log);
        Assert.Contains("unused", image.Log);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_mistake_in_a_program_is_shown_with_its_line(string version)
    {
        CudaException error = Assert.Throws<CudaException>(
            () => Compilers.Open(version).Compile(Compilers.Program("\n\nnonsense here;"), KernelTarget.Parse("sm_80")));
        Assert.Equal((CudaErrorKind.Variant, "nvrtcCompileProgram", "NVRTC_ERROR_COMPILATION"), (error.Kind, error.Call, error.CodeName));
        Assert.Contains($"(NVRTC {version}): program test for sm_80:", error.Message);
        Assert.Contains("test.cu(3): error", error.Message);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_unknown_architecture_is_refused_by_name(string version)
    {
        CudaException error = Assert.Throws<CudaException>(
            () => Compilers.Open(version).Compile(Compilers.Program("int x;"), KernelTarget.Parse("sm_99")));
        Assert.Contains("sm_99", error.Message);
        Assert.Equal("NVRTC_ERROR_INVALID_OPTION", error.CodeName);
    }

    [Fact]
    public void A_missing_compiler_is_explained_with_every_file_tried()
    {
        Assert.False(Nvrtc.TryLoad(["libnvrtc.so.none", "/opt/none/libnvrtc.so.12"], int.MaxValue, out _, out string? reason));
        Assert.Equal(
            "NVRTC was not found (tried libnvrtc.so.none, /opt/none/libnvrtc.so.12); install it (pip install nvidia-cuda-nvrtc-cu12, or the CUDA toolkit) or name its file in HANDMESH_NVRTC",
            reason);
        Assert.Equal(CudaErrorKind.Absent, Assert.Throws<CudaException>(() => Nvrtc.Open("/opt/none")).Kind);
    }

    [Fact]
    public void A_compiler_newer_than_the_driver_is_passed_over()
    {
        string newer = Compilers.Open("12.4").Path;
        string older = Compilers.Open("11.8").Path;
        Assert.True(Nvrtc.TryLoad([newer, older], 11040, out Nvrtc? nvrtc, out _));
        Assert.Equal("11.8", nvrtc.VersionText);
        Assert.False(Nvrtc.TryLoad([newer], 11040, out _, out string? reason));
        Assert.Contains("is version 12.4, and the driver only takes code of 11.4", reason);
    }

    [Fact]
    public void The_target_is_code_for_the_device_where_the_compiler_knows_it()
    {
        KernelTarget target = KernelTarget.Choose(Compilers.Device(89), Compilers.Open("12.4"), out string? note);
        Assert.Equal(("sm_89", null), (target.Architecture, note));
    }

    [Fact]
    public void A_device_newer_than_the_compiler_gets_PTX_and_a_note()
    {
        Nvrtc nvrtc = Compilers.Open("12.4");
        KernelTarget target = KernelTarget.Choose(Compilers.Device(120, driverVersion: 12080), nvrtc, out string? note);
        Assert.Equal("compute_90", target.Architecture);
        Assert.StartsWith("NVRTC 12.4 is older than Fake GPU (sm_120): the driver translates PTX of sm_90 at load", note);

        CudaException error = Assert.Throws<CudaException>(
            () => KernelTarget.Choose(Compilers.Device(120, driverVersion: 12020), nvrtc, out _));
        Assert.Contains("driver 12.2 is too old for its PTX; update the driver", error.Message);
    }

    [Fact]
    public void A_simulator_gets_PTX()
    {
        KernelTarget target = KernelTarget.Choose(Compilers.Device(86, loadsPtx: true), Compilers.Open("12.4"), out string? note);
        Assert.Equal(("compute_86", null), (target.Architecture, note));
        Assert.True(target.RunsOn(Compilers.Device(86, loadsPtx: true)));
        Assert.False(KernelTarget.Parse("sm_86").RunsOn(Compilers.Device(86, loadsPtx: true)));
    }

    [Fact]
    public void A_device_older_than_Turing_is_refused()
    {
        CudaException error = Assert.Throws<CudaException>(() => KernelTarget.Choose(Compilers.Device(61), null, out _));
        Assert.Equal("Fake GPU (sm_61) is too old: the kernels need sm_75 (Turing) or newer.", error.Message);
    }

    [Theory]
    [InlineData("sm_86", 86, true)]
    [InlineData("sm_86", 89, true)]
    [InlineData("sm_89", 86, false)]
    [InlineData("sm_89", 90, false)]
    [InlineData("compute_80", 120, true)]
    [InlineData("compute_90", 86, false)]
    public void Code_runs_within_its_generation_and_PTX_on_anything_newer(string target, int sm, bool runs) =>
        Assert.Equal(runs, KernelTarget.Parse(target).RunsOn(Compilers.Device(sm)));

    [Theory]
    [InlineData("86")]
    [InlineData("sm_")]
    [InlineData("sm_61")]
    [InlineData("sm_086")]
    [InlineData("sm_90a")]
    [InlineData("SM_90")]
    [InlineData("")]
    public void What_is_no_architecture_is_refused(string text) =>
        Assert.Contains("is no architecture", Assert.Throws<ArgumentException>(() => KernelTarget.Parse(text)).Message);
}
