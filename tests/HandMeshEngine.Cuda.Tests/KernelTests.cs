namespace HandMeshEngine.Cuda.Tests;

/// <summary>Modules, kernels and what a launch hands to the driver.</summary>
public sealed class KernelTests : IDisposable
{
    private readonly FakeDriver _fake = new() { Sm = 90, Version = 12040 };
    private readonly CudaContext _context;
    private readonly CudaStream _stream;

    public KernelTests()
    {
        _context = CudaContext.Retain(_fake.Start().GetDevice(0));
        _stream = new CudaStream(_context);
    }

    public void Dispose()
    {
        _fake.Activate();
        _stream.Dispose();
        _context.Dispose();
        Assert.Empty(_fake.Alive);
    }

    [Fact]
    public void A_kernel_tells_what_it_uses()
    {
        using CudaModule module = Load();
        CudaKernel kernel = module.GetKernel("add");
        Assert.Equal((40, 0, 1024, 256), (kernel.RegisterCount, kernel.LocalBytes, kernel.StaticSharedBytes, kernel.MaxThreadsPerBlock));
        Assert.Equal(3, kernel.GetBlocksPerMultiprocessor(128, 0));
        Assert.Equal("an image", _fake.LastImage);
    }

    [Fact]
    public void A_kernel_that_is_not_in_the_module_is_named()
    {
        using CudaModule module = Load();
        CudaException error = Assert.Throws<CudaException>(() => module.GetKernel("subtract"));
        Assert.Contains("kernel subtract", error.Message);
    }

    [Fact]
    public void What_the_drivers_compiler_says_is_in_the_message()
    {
        _fake.Fail("ModuleLoad", CudaResult.InvalidPtx);
        CudaException error = Assert.Throws<CudaException>(() => Load());
        Assert.Equal(CudaErrorKind.Variant, error.Kind);
        Assert.EndsWith($": {FakeDriver.JitLog}.", error.Message);
    }

    [Fact]
    public void A_launch_hands_over_every_parameter()
    {
        using CudaModule module = Load();
        KernelArguments arguments = new KernelArguments().Add(0x1234567890ul).Add(-5).Add(0.5f);
        module.GetKernel("add").Launch(_stream, new LaunchShape(7, 2, 1, 128, SharedBytes: 4096), arguments);
        Assert.Equal($"7 2 1; 128 1 1; 4096; {_stream.Handle}; {0x1234567890ul} -5 0.5", _fake.LastLaunch);

        arguments.Set(1, 6);
        module.GetKernel("add").Launch(_stream, new LaunchShape(1, 1, 1, 32), arguments);
        Assert.EndsWith($"; {0x1234567890ul} 6 0.5", _fake.LastLaunch);
    }

    [Fact]
    public void A_launch_allocates_nothing()
    {
        using CudaModule module = Load();
        CudaKernel kernel = module.GetKernel("add");
        KernelArguments arguments = new KernelArguments().Add(1ul).Add(2).Add(3f);
        LaunchShape shape = new(1, 1, 1, 32);

        kernel.Launch(_stream, shape, arguments);
        _fake.IsQuiet = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel.Launch(_stream, shape, arguments);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        _fake.IsQuiet = false;
    }

    [Fact]
    public void Much_shared_memory_is_asked_for_before_the_launch()
    {
        using CudaModule module = Load();
        CudaKernel kernel = module.GetKernel("add");
        KernelArguments arguments = new KernelArguments().Add(1ul).Add(2).Add(3f);
        kernel.Launch(_stream, new LaunchShape(1, 1, 1, 32, SharedBytes: 47 << 10), arguments);
        Assert.DoesNotContain("FuncSetAttribute", _fake.Calls);
        kernel.Launch(_stream, new LaunchShape(1, 1, 1, 32, SharedBytes: 90 << 10), arguments);
        Assert.Equal(90 << 10, _fake.AllowedShared);

        CudaException error = Assert.Throws<CudaException>(
            () => kernel.Launch(_stream, new LaunchShape(1, 1, 1, 32, SharedBytes: 99 << 10), arguments));
        Assert.Equal(CudaErrorKind.Variant, error.Kind);
        Assert.Equal("kernel add asks for 102,400 bytes of shared memory; Fake GPU (sm_90) has 101,376.", error.Message);
    }

    [Fact]
    public void Launch_options_become_attributes_where_the_device_has_them()
    {
        using CudaModule module = Load();
        CudaKernel kernel = module.GetKernel("add");
        KernelArguments arguments = new KernelArguments().Add(1ul).Add(2).Add(3f);
        LaunchShape shape = new(4, 1, 1, 32);
        kernel.Launch(_stream, shape, arguments, LaunchOptions.OverlapPredecessor);
        Assert.Equal([(LaunchAttribute.ProgrammaticStreamSerialization, 1)], _fake.LastAttributes);
        kernel.Launch(_stream, shape, arguments, LaunchOptions.OverlapPredecessor | LaunchOptions.Cooperative);
        Assert.Equal([(LaunchAttribute.ProgrammaticStreamSerialization, 1), (LaunchAttribute.Cooperative, 1)], _fake.LastAttributes);
        Assert.Equal($"4 1 1; 32 1 1; 0; {_stream.Handle}; 1 2 3", _fake.LastLaunch);
    }

    [Theory]
    [InlineData("compute_75")]
    [InlineData("compute_80")]
    [InlineData("compute_86")]
    [InlineData("compute_89")]
    public void Overlap_is_an_ordinary_launch_of_an_image_whose_kernels_do_not_wait(string target)
    {
        using CudaModule module = Load(KernelTarget.Parse(target));
        CudaKernel kernel = module.GetKernel("add");
        Assert.False(kernel.CanOverlap);
        kernel.Launch(_stream, new LaunchShape(1, 1, 1, 32), new KernelArguments().Add(1ul).Add(2).Add(3f), LaunchOptions.OverlapPredecessor);
        Assert.DoesNotContain("LaunchKernelEx", _fake.Calls);
        using CudaModule newer = Load(KernelTarget.Parse("compute_90"));
        Assert.True(newer.GetKernel("add").CanOverlap);
    }

    [Fact]
    public void Overlap_is_an_ordinary_launch_of_an_image_of_which_nothing_is_known()
    {
        using CudaModule module = new(_context, "an image"u8);
        Assert.False(module.GetKernel("add").CanOverlap);
    }

    [Fact]
    public void Overlap_is_an_ordinary_launch_on_a_device_without_it()
    {
        FakeDriver older = new() { Sm = 86 };
        using CudaContext context = CudaContext.Retain(older.Start().GetDevice(0));
        using CudaStream stream = new(context);
        using CudaModule module = new(context, new KernelImage("an image"u8.ToArray(), KernelTarget.Parse("compute_90"), 12040, ""));
        KernelArguments arguments = new KernelArguments().Add(1ul).Add(2).Add(3f);
        module.GetKernel("add").Launch(stream, new LaunchShape(1, 1, 1, 32), arguments, LaunchOptions.OverlapPredecessor);
        Assert.Contains("LaunchKernel", older.Calls);
        Assert.DoesNotContain("LaunchKernelEx", older.Calls);
    }

    [Fact]
    public void A_failed_launch_says_what_was_launched()
    {
        using CudaModule module = Load();
        _fake.Fail("LaunchKernel", CudaResult.LaunchOutOfResources);
        CudaException error = Assert.Throws<CudaException>(() => module.GetKernel("add").Launch(
            _stream, new LaunchShape(3, 1, 1, 512), new KernelArguments().Add(1ul).Add(2).Add(3f)));
        Assert.EndsWith(": kernel add, grid 3 x 1 x 1, block 512 x 1 x 1, 0 bytes of shared memory.", error.Message);
    }

    [Fact]
    public void Parameters_beyond_the_hardwares_limit_are_refused()
    {
        KernelArguments arguments = new();
        for (int i = 0; i < KernelArguments.MaxBytes / sizeof(int); i++)
        {
            arguments.Add(i);
        }

        Assert.Equal("kernel parameters take 4100 bytes; 4096 is the limit", Assert.Throws<InvalidOperationException>(() => arguments.Add(1)).Message);
    }

    private CudaModule Load() => Load(new KernelTarget(90, KernelImageKind.Cubin));

    private CudaModule Load(KernelTarget target) => new(_context, new KernelImage(Encoding.UTF8.GetBytes("an image"), target, 12040, ""));
}
