namespace HandMeshEngine.Cuda.Tests;

/// <summary>Owners, error classes, and what a lost context does to what was made in it.</summary>
public sealed class ContextTests
{
    [Fact]
    public void A_device_tells_its_architecture_and_memory()
    {
        CudaDevice device = new FakeDriver { Sm = 120 }.Start().GetDevice(0);
        Assert.Equal(("Fake GPU (sm_120)", 120, 28, 12L << 30), (device.ToString(), device.Sm, device.MultiprocessorCount, device.MemoryBytes));
    }

    [Fact]
    public void A_device_that_is_not_there_is_the_callers_mistake()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new FakeDriver().Start().GetDevice(1));
        Assert.StartsWith("there is no CUDA device 1; the devices of this machine are 0 to 0", error.Message);
    }

    [Fact]
    public void Entering_restores_the_context_of_the_caller()
    {
        FakeDriver fake = new();
        using CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0));
        using (context.Enter())
        {
            Assert.Equal(1, fake.ContextDepth);
            using CudaStream stream = new(context);
            Assert.Equal(1, fake.ContextDepth);
        }

        Assert.Equal(0, fake.ContextDepth);
    }

    [Fact]
    public void A_context_and_stream_of_the_caller_are_used_and_left_alone()
    {
        FakeDriver fake = new();
        CudaDriver driver = fake.Start();
        using (CudaContext context = CudaContext.FromHandle(driver, 77))
        using (CudaStream stream = CudaStream.FromHandle(context, 88))
        using (DeviceMemory memory = new(context, 16))
        {
            stream.Write(memory, 0, new byte[16]);
        }

        Assert.Empty(fake.Alive);
        Assert.DoesNotContain("StreamDestroy", fake.Calls);
        Assert.DoesNotContain("PrimaryRelease", fake.Calls);
        Assert.Throws<ArgumentException>(() => CudaContext.FromHandle(driver, 0));
    }

    [Fact]
    public void A_context_lives_as_long_as_what_was_made_in_it()
    {
        FakeDriver fake = new();
        CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0));
        DeviceMemory memory = new(context, 16);
        context.Dispose();
        context.Dispose();
        Assert.Contains(("context", context.Handle), fake.Alive);
        memory.Dispose();
        memory.Dispose();
        Assert.Empty(fake.Alive);
        Assert.Throws<ObjectDisposedException>(() => new DeviceMemory(context, 16));
    }

    [Fact]
    public void Out_of_memory_says_how_much_was_asked_for_and_may_be_retried()
    {
        FakeDriver fake = new();
        using CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0));
        fake.Fail("MemAlloc", CudaResult.OutOfMemory);
        CudaException error = Assert.Throws<CudaException>(() => new DeviceMemory(context, 4096));
        Assert.Equal(
            "cuMemAlloc failed with CUDA_ERROR_OUT_OF_MEMORY (out of memory): 4,096 bytes asked for, 1,000 of 5,000 free on Fake GPU.",
            error.Message);
        Assert.Equal(
            (CudaErrorKind.Retry, "cuMemAlloc", "CUDA_ERROR_OUT_OF_MEMORY", CudaResult.OutOfMemory),
            (error.Kind, error.Call, error.CodeName, error.Code));
        Assert.Null(context.Fault);
        fake.Fail("MemAlloc", CudaResult.Success);
        new DeviceMemory(context, 4096).Dispose();
    }

    [Fact]
    public void After_a_sticky_error_every_call_gives_the_first_cause()
    {
        FakeDriver fake = new();
        CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0));
        CudaStream stream = new(context);
        fake.Fail("StreamSynchronize", CudaResult.IllegalAddress);
        CudaException first = Assert.Throws<CudaException>(stream.Synchronize);
        Assert.Equal(CudaErrorKind.Sticky, first.Kind);
        Assert.EndsWith("(an illegal memory access was encountered); the CUDA context is lost.", first.Message);

        fake.Fail("StreamSynchronize", CudaResult.OutOfMemory);
        foreach (Action later in (Action[])[stream.Synchronize, () => new DeviceMemory(context, 1), () => new CudaEvent(context, true)])
        {
            CudaException error = Assert.Throws<CudaException>(later);
            Assert.Same(first, error.InnerException);
            Assert.Equal((first.Kind, first.Code, first.Call), (error.Kind, error.Code, error.Call));
        }

        Assert.Same(first, context.Fault);
        stream.Dispose();
        context.Dispose();
        Assert.Empty(fake.Alive);
    }

    [Theory]
    [InlineData(CudaResult.InvalidValue, CudaErrorKind.Caller)]
    [InlineData(CudaResult.StreamCaptureInvalidated, CudaErrorKind.Caller)]
    [InlineData((CudaResult)908, CudaErrorKind.Caller)]
    [InlineData(CudaResult.OutOfMemory, CudaErrorKind.Retry)]
    [InlineData(CudaResult.NoBinaryForGpu, CudaErrorKind.Variant)]
    [InlineData(CudaResult.UnsupportedPtxVersion, CudaErrorKind.Variant)]
    [InlineData(CudaResult.LaunchOutOfResources, CudaErrorKind.Variant)]
    [InlineData(CudaResult.NoDevice, CudaErrorKind.Absent)]
    [InlineData(CudaResult.LaunchFailed, CudaErrorKind.Sticky)]
    [InlineData(CudaResult.EccUncorrectable, CudaErrorKind.Sticky)]
    [InlineData((CudaResult)12345, CudaErrorKind.Sticky)]
    public void Results_are_classed_by_what_can_be_done(CudaResult result, CudaErrorKind kind) =>
        Assert.Equal(kind, CudaException.Classify(result));

    [Fact]
    public void Copies_outside_a_memory_are_refused()
    {
        FakeDriver fake = new();
        using CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0));
        using CudaStream stream = new(context);
        using DeviceMemory memory = new(context, 16);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Write(memory, 1, new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Fill(memory, -1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Fill(memory, long.MaxValue, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceMemory(context, 0));
    }

    [Fact]
    public void A_capture_that_throws_leaves_nothing_behind()
    {
        FakeDriver fake = new();
        using (CudaContext context = CudaContext.Retain(fake.Start().GetDevice(0)))
        using (CudaStream stream = new(context))
        {
            Assert.Throws<TimeZoneNotFoundException>(() => CudaGraph.Capture(stream, () => throw new TimeZoneNotFoundException()));
            Assert.Throws<ArgumentException>(() => CudaGraph.Capture(CudaStream.FromHandle(context, 0), () => { }));
        }

        Assert.Empty(fake.Alive);
    }

    [Theory]
    [InlineData(CudaResult.OutOfMemory)]
    [InlineData(CudaResult.IllegalAddress)]
    public void Whichever_call_fails_the_exception_is_the_documented_one_and_nothing_leaks(CudaResult failure)
    {
        FakeDriver whole = new();
        UseEverything(whole.Start());
        Assert.Empty(whole.Alive);
        for (int call = 0; call < whole.Calls.Count; call++)
        {
            FakeDriver fake = new();
            fake.FailOnce(call, failure);
            Exception? error = Record.Exception(() => UseEverything(fake.Start()));
            string name = fake.Calls[call];
            Assert.True(error is null or CudaException, $"call {call}, {name}: {error}");
            Assert.True(fake.Alive.Count == 0, $"call {call}, {name}: {string.Join(", ", fake.Alive)} left");
            Assert.True(fake.ContextDepth == 0, $"call {call}, {name}: a context is still current");
        }
    }

    private static void UseEverything(CudaDriver driver)
    {
        using CudaContext context = CudaContext.Retain(driver.GetDevice(0));
        using CudaStream stream = new(context);
        using DeviceMemory memory = new(context, 64);
        using PinnedMemory pinned = new(context, 64);
        using CudaEvent done = new(context, timing: false);
        using CudaGraph graph = CudaGraph.Capture(stream, () => stream.Copy(pinned, 0, memory, 0, 64));
        graph.Launch(stream);
        done.Record(stream);
        stream.Synchronize();
    }
}
