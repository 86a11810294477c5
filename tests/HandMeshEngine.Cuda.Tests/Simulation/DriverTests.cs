using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>The driver around the kernels: device, memory, streams, events, graphs, failures on demand.</summary>
public sealed unsafe class DriverTests
{
    /// <summary>out[i] = 2 * in[i] + i.</summary>
    private const string Doubler = """
        .version 7.8
        .target sm_75
        .address_size 64
        .visible .entry twice(.param .u64 in, .param .u64 out)
        {
            .reg .b32 %r<4>;
            .reg .b64 %rd<5>;
            ld.param.u64 %rd1, [in];
            ld.param.u64 %rd2, [out];
            mov.u32 %r1, %tid.x;
            mul.wide.u32 %rd3, %r1, 4;
            add.s64 %rd1, %rd1, %rd3;
            add.s64 %rd2, %rd2, %rd3;
            ld.global.u32 %r2, [%rd1];
            mad.lo.s32 %r3, %r2, 2, %r1;
            st.global.u32 [%rd2], %r3;
            ret;
        }
        """;

    [Theory]
    [InlineData(75, 65536)]
    [InlineData(80, 163 << 10)]
    [InlineData(86, 99 << 10)]
    [InlineData(90, 227 << 10)]
    public void The_device_is_what_the_options_say(int sm, int sharedBytes)
    {
        using Simulator simulator = new(new() { Sm = sm, MultiprocessorCount = 17, MemoryBytes = 5 << 20 });
        CudaDevice device = Start(simulator).GetDevice(0);
        Assert.Equal(($"PTX simulator (sm_{sm})", sm, 17, 5L << 20), (device.Name, device.Sm, device.MultiprocessorCount, device.MemoryBytes));
        int value;
        Assert.Equal(CudaResult.Success, simulator.Table.DeviceGetAttribute(&value, DeviceAttribute.MaxSharedMemoryPerBlockOptin, 0));
        Assert.Equal(sharedBytes, value);
        Assert.Equal(CudaResult.InvalidDevice, simulator.Table.DeviceGet(&value, 1));
    }

    [Fact]
    public void Memory_ends_where_the_options_say_and_is_counted()
    {
        using SimulatedRun run = new(new() { MemoryBytes = 1000 });
        ulong first = run.Allocate(600), second;
        Assert.Equal(0ul, first % 256);
        Assert.Equal(CudaResult.OutOfMemory, run.Table.MemAlloc(&second, 401));
        Assert.Equal((1, 600L), (run.Simulator.Ledger.DeviceAllocations, run.Simulator.Ledger.DeviceBytes));
        run.Demand(run.Table.MemFree(first));
        Assert.Equal(CudaResult.InvalidValue, run.Table.MemFree(first));
        Assert.Equal(CudaResult.InvalidValue, run.Table.MemsetD8Async(first, 0, 4, 0));
        run.Demand(run.Table.DevicePrimaryCtxRelease(0));
        Assert.True(run.Simulator.Ledger.IsEmpty, run.Simulator.Ledger.ToString());
    }

    [Fact]
    public void Calls_need_cuInit_and_a_context()
    {
        using Simulator simulator = new();
        nint handle;
        ulong address;
        Assert.Equal(CudaResult.NotInitialized, simulator.Table.DevicePrimaryCtxRetain(&handle, 0));
        simulator.Table.Init(0);
        simulator.Table.DevicePrimaryCtxRetain(&handle, 0);
        Assert.Equal(CudaResult.InvalidContext, simulator.Table.MemAlloc(&address, 4));
        Assert.Equal(CudaResult.InvalidContext, simulator.Table.CtxPushCurrent(handle + 1));
    }

    [Fact]
    public void Copies_and_fills_move_bytes_and_find_unwritten_ones()
    {
        using SimulatedRun run = new();
        ulong a = run.Upload<int>([1, 2, 3, 4]), b = run.Allocate(16);
        run.Demand(run.Table.MemsetD8Async(b, 7, 8, 0));
        run.Demand(run.Table.MemcpyDtoDAsync(b + 8, a + 4, 8, 0));
        Assert.Equal([0x07070707, 0x07070707, 2, 3], run.Read<int>(b, 4));
        Assert.Equal((1, 1, 1), (run.Simulator.Counters.CopiesToDevice, run.Simulator.Counters.CopiesOnDevice, run.Simulator.Counters.Fills));
        ulong fresh = run.Allocate(16);
        Assert.Equal(CudaResult.LaunchFailed, run.Table.MemcpyDtoDAsync(b, fresh, 4, 0));
        Assert.Contains("reads device memory that nothing has written", run.Simulator.LastError);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_captured_graph_with_a_fork_replays(int? seed)
    {
        using SimulatedRun run = new(new() { ShuffleSeed = seed });
        int[] values = [5, 6, 7, 8];
        ulong a = run.Load(Doubler).Allocate(16), b = run.Allocate(16), c = run.Allocate(16);
        nint main = Stream(run), side = Stream(run), fork = Event(run), join = Event(run), graph, exec;
        int* pinned = Pinned(run, 8);
        var table = run.Table;

        run.Demand(table.StreamBeginCapture(main, 1));
        run.Demand(table.MemcpyHtoDAsync(a, pinned, 16, main));
        run.Demand(table.EventRecord(fork, main));
        run.Demand(table.StreamWaitEvent(side, fork, 0));
        Launch(run, main, a, b);
        Launch(run, side, a, c);
        run.Demand(table.EventRecord(join, side));
        run.Demand(table.StreamWaitEvent(main, join, 0));
        Launch(run, main, b, a);
        run.Demand(table.MemcpyDtoHAsync(pinned + 4, a, 16, main));
        run.Demand(table.StreamEndCapture(main, &graph));
        nuint nodes;
        run.Demand(table.GraphGetNodes(graph, null, &nodes));
        Assert.Equal((5, 0), ((int)nodes, (int)run.Simulator.Counters.Launches));

        run.Demand(table.GraphInstantiateWithFlags(&exec, graph, 0));
        run.Demand(table.GraphUpload(exec, main));
        for (int replay = 0; replay < 2; replay++)
        {
            values.AsSpan().CopyTo(new Span<int>(pinned, 4));
            run.Demand(table.GraphLaunch(exec, main));
            run.Demand(table.StreamSynchronize(main));
            Assert.Equal(values.Select((v, i) => (2 * ((2 * v) + i)) + i), new Span<int>(pinned + 4, 4).ToArray());
            values[0]++;
        }

        Assert.Equal((2, 6), (run.Simulator.Counters.GraphLaunches, run.Simulator.Counters.Launches));
        run.Demand(table.GraphExecDestroy(exec));
        run.Demand(table.GraphDestroy(graph));
        Assert.Equal((0, 0), (run.Simulator.Ledger.Graphs, run.Simulator.Ledger.GraphExecutables));
    }

    [Fact]
    public void A_capture_refuses_what_a_driver_refuses()
    {
        using SimulatedRun run = new();
        nint main = Stream(run), side = Stream(run), fork = Event(run), graph;
        ulong address;
        var table = run.Table;
        Assert.Equal(CudaResult.StreamCaptureUnsupported, table.StreamBeginCapture(0, 0));
        run.Demand(table.StreamBeginCapture(main, 0));
        Assert.Equal(CudaResult.StreamCaptureUnsupported, table.MemAlloc(&address, 4));
        Assert.Equal(CudaResult.StreamCaptureInvalidated, table.StreamEndCapture(main, &graph));

        run.Demand(table.StreamBeginCapture(main, 1));
        Assert.Equal(CudaResult.StreamCaptureUnsupported, table.StreamSynchronize(main));
        Assert.Equal(CudaResult.StreamCaptureInvalidated, table.StreamEndCapture(main, &graph));

        ulong a = run.Upload<int>([1, 2, 3, 4]);
        run.Demand(table.StreamBeginCapture(main, 1));
        run.Demand(table.EventRecord(fork, main));
        run.Demand(table.StreamWaitEvent(side, fork, 0));
        run.Demand(table.MemsetD8Async(a, 0, 4, side));
        Assert.Equal((CudaResult)904, table.StreamEndCapture(main, &graph));
        Assert.Equal("a stream that was forked into the capture was not joined again", run.Simulator.LastError);
        Assert.Equal((CudaResult)903, table.StreamEndCapture(main, &graph));
    }

    [Fact]
    public void A_shuffled_order_finds_a_missing_wait_and_keeps_a_present_one()
    {
        Assert.All(Enumerable.Range(0, 12), seed => Assert.Equal(23, Pipeline(seed, waits: true)));
        Assert.Contains(Enumerable.Range(0, 12), seed => Pipeline(seed, waits: false) != 23);
    }

    [Fact]
    public void A_shuffled_order_finds_a_host_buffer_reused_too_early()
    {
        using SimulatedRun run = new(new() { ShuffleSeed = 1 });
        ulong a = run.Allocate(4);
        int* pinned = Pinned(run, 1);
        nint stream = Stream(run);
        *pinned = 1;
        run.Demand(run.Table.MemcpyHtoDAsync(a, pinned, 4, stream));
        *pinned = 2;
        run.Demand(run.Table.StreamSynchronize(stream));
        Assert.Equal(2, run.Read<int>(a, 1)[0]);

        int pageable = 3;
        run.Demand(run.Table.MemcpyHtoDAsync(a, &pageable, 4, stream));
        pageable = 4;
        run.Demand(run.Table.StreamSynchronize(stream));
        Assert.Equal(3, run.Read<int>(a, 1)[0]);
    }

    [Fact]
    public void Events_tell_when_they_happened()
    {
        using SimulatedRun run = new(new() { ShuffleSeed = 5 });
        ulong a = run.Load(Doubler).Upload<int>([1, 2, 3, 4]);
        nint stream = Stream(run), start = Event(run), end = Event(run);
        var table = run.Table;
        run.Demand(table.EventRecord(start, stream));
        Launch(run, stream, a, a);
        run.Demand(table.EventRecord(end, stream));
        Assert.Equal(CudaResult.NotReady, table.EventQuery(end));
        run.Demand(table.EventSynchronize(end));
        Assert.Equal(CudaResult.Success, table.EventQuery(end));
        float milliseconds;
        run.Demand(table.EventElapsedTime(&milliseconds, start, end));
        Assert.InRange(milliseconds, 0.0001f, 1f);
    }

    [Fact]
    public void A_launch_beyond_the_limits_is_refused()
    {
        using SimulatedRun run = new();
        ulong a = run.Load(Doubler.Replace("out)", "out) .maxntid 64, 1, 1", StringComparison.Ordinal)).Upload<int>(new int[64]);
        Assert.Equal(CudaResult.InvalidValue, run.TryLaunch("twice", new Shape(1, 65), a, a));
        Assert.Contains("exceed its launch bounds of 64 threads", run.Simulator.LastError);
        Assert.Equal(CudaResult.InvalidValue, run.TryLaunch("twice", new Shape(0, 64), a, a));
        Assert.Equal(CudaResult.InvalidValue, run.TryLaunch("twice", new Shape(1, 64, 49153), a, a));
        run.AllowShared("twice", 227 << 10);
        run.Launch("twice", new Shape(1, 64, 49153), a, a);
        Assert.Equal(CudaResult.InvalidValue, run.Table.FuncSetAttribute(run.Function("twice"), FunctionAttribute.MaxDynamicSharedSizeBytes, (227 << 10) + 1));
        nint function;
        fixed (byte* name = "thrice\0"u8)
        {
            Assert.Equal(CudaResult.InvalidHandle, run.Table.ModuleGetFunction(&function, 1, name));
        }
    }

    [Fact]
    public void Any_call_fails_on_demand_once_or_for_good()
    {
        using SimulatedRun run = new();
        ulong address;
        run.Simulator.Faults.FailCall(1, CudaResult.OutOfMemory);
        run.Demand(run.Table.MemAlloc(&address, 4));
        Assert.Equal(CudaResult.OutOfMemory, run.Table.MemAlloc(&address, 4));
        run.Demand(run.Table.MemAlloc(&address, 4));
        Assert.Equal((true, "cuMemAlloc", 3), (run.Simulator.Faults.HasStruck, run.Simulator.Faults.StruckCall, run.Simulator.Faults.Calls));

        run.Simulator.Faults.FailCall(0, CudaResult.EccUncorrectable, sticky: true);
        Assert.Equal(CudaResult.EccUncorrectable, run.Table.StreamSynchronize(0));
        Assert.Equal(CudaResult.EccUncorrectable, run.Table.MemFree(address));
        run.Simulator.Faults.Reset();
        Assert.Equal(1, run.Simulator.Ledger.DeviceAllocations);
    }

    [Fact]
    public void The_last_error_is_part_of_the_drivers_words()
    {
        using SimulatedRun run = new();
        byte* name, text;
        run.Table.MemFree(77);
        run.Demand(run.Table.GetErrorName(CudaResult.InvalidValue, &name));
        run.Demand(run.Table.GetErrorString(CudaResult.InvalidValue, &text));
        Assert.Equal("CUDA_ERROR_INVALID_VALUE", Marshal.PtrToStringUTF8((nint)name));
        Assert.Equal("InvalidValue: cuMemFree of 0x4d, where no live allocation starts", Marshal.PtrToStringUTF8((nint)text));
        Assert.Equal(CudaResult.InvalidValue, run.Table.GetErrorName((CudaResult)54321, &name));
    }

    /// <summary>One stream doubles 10 into a place, another doubles that place and must wait for it.</summary>
    private static int Pipeline(int seed, bool waits)
    {
        using SimulatedRun run = new(new() { ShuffleSeed = seed });
        ulong a = run.Load(Doubler).Upload<int>([10, 11]), b = run.Upload<int>([0, 0]), c = run.Allocate(8);
        nint first = Stream(run), second = Stream(run), done = Event(run);
        run.Demand(run.Table.StreamSynchronize(0));
        Launch(run, first, a, b, 2);
        run.Demand(run.Table.EventRecord(done, first));
        if (waits)
        {
            run.Demand(run.Table.StreamWaitEvent(second, done, 0));
        }

        run.Demand(run.Table.MemcpyDtoDAsync(c, b, 8, second));
        run.Demand(run.Table.StreamSynchronize(second));
        return run.Read<int>(c, 2)[1];
    }

    private static CudaDriver Start(Simulator simulator)
    {
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        return driver;
    }

    private static void Launch(SimulatedRun run, nint stream, ulong from, ulong to, int threads = 4)
    {
        void** parameters = stackalloc void*[2];
        parameters[0] = &from;
        parameters[1] = &to;
        run.Demand(run.Table.LaunchKernel(run.Function("twice"), 1, 1, 1, (uint)threads, 1, 1, 0, stream, parameters, null));
    }

    private static nint Stream(SimulatedRun run)
    {
        nint stream;
        run.Demand(run.Table.StreamCreate(&stream, 1));
        return stream;
    }

    private static nint Event(SimulatedRun run)
    {
        nint signal;
        run.Demand(run.Table.EventCreate(&signal, 0));
        return signal;
    }

    private static int* Pinned(SimulatedRun run, int count)
    {
        void* pointer;
        run.Demand(run.Table.MemHostAlloc(&pointer, (nuint)count * 4, 0));
        return (int*)pointer;
    }
}
