using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Whole kernels through the driver table: results, faults that stick, and what the messages say.</summary>
public sealed class LaunchTests
{
    private const string VectorAdd = """
        .version 7.8
        .target sm_75
        .address_size 64
        .visible .entry add(.param .u64 a, .param .u64 b, .param .u64 c, .param .u32 n)
        {
            .reg .pred %p<2>;
            .reg .f32 %f<4>;
            .reg .b32 %r<6>;
            .reg .b64 %rd<11>;
            .loc 1 4 5
            ld.param.u64 %rd1, [a];
            ld.param.u64 %rd2, [b];
            ld.param.u64 %rd3, [c];
            ld.param.u32 %r2, [n];
            mov.u32 %r3, %ctaid.x;
            mov.u32 %r4, %ntid.x;
            mov.u32 %r5, %tid.x;
            mad.lo.s32 %r1, %r3, %r4, %r5;
            setp.ge.s32 %p1, %r1, %r2;
            @%p1 bra $DONE;
            cvta.to.global.u64 %rd4, %rd1;
            mul.wide.s32 %rd5, %r1, 4;
            add.s64 %rd6, %rd4, %rd5;
            add.s64 %rd8, %rd2, %rd5;
            .loc 1 5 9
            ld.global.nc.f32 %f1, [%rd6];
            ld.global.f32 %f2, [%rd8];
            add.rn.f32 %f3, %f1, %f2;
            add.s64 %rd10, %rd3, %rd5;
            st.global.f32 [%rd10], %f3;
        $DONE:
            ret;
        }
            .file 1 "/somewhere/add.cu"
        """;

    [Fact]
    public void Vector_add_gives_sums_and_counts_its_traffic()
    {
        const int count = 1000;
        using SimulatedRun run = new();
        float[] a = [.. Enumerable.Range(0, count).Select(i => i * 0.5f)], b = [.. Enumerable.Range(0, count).Select(i => 1000f - i)];
        ulong c = run.Load(VectorAdd).Allocate(count * 4);
        run.Launch("add", new Shape(8, 128), run.Upload<float>(a), run.Upload<float>(b), c, count);
        Assert.Equal(a.Zip(b, (x, y) => x + y), run.Read<float>(c, count));

        var counters = run.Simulator.Kernels["add"];
        Assert.Equal((1, 8, 96), (counters.Launches, counters.Blocks, counters.GlobalRequests));
        Assert.Equal((2 * count * 4, count * 4), (counters.GlobalBytesRead, counters.GlobalBytesWritten));
        Assert.Equal(3 * count * 4 / 32, counters.GlobalSectors);
    }

    [Fact]
    public void A_read_beyond_the_allocation_faults_names_its_place_and_sticks()
    {
        using SimulatedRun run = new();
        ulong a = run.Load(VectorAdd).Upload<float>(new float[100]), b = run.Upload<float>(new float[128]), c = run.Allocate(512);
        Assert.Equal(CudaResult.IllegalAddress, run.TryLaunch("add", new Shape(1, 128), a, b, c, 128));
        string message = run.Simulator.LastError!;
        Assert.StartsWith($"global read outside every allocation: address 0x{a + 400:x}, 4 bytes; the nearest allocation below starts at 0x{a:x}, has 400 bytes", message);
        Assert.Contains("in add, block (0, 0, 0), warp 3, lane 4 (thread 100)", message);
        Assert.Contains("at add.cu:5, PTX line 26: ld.global.nc.f32 %f1, [%rd6]", message);
        Assert.Equal(CudaResult.IllegalAddress, run.TryLaunch("add", new Shape(1, 32), a, b, c, 32));
        Assert.Equal(CudaResult.IllegalAddress, run.Simulator.StickyError);
    }

    [Fact]
    public void A_read_of_memory_that_nothing_wrote_faults()
    {
        using SimulatedRun run = new();
        ulong a = run.Load(VectorAdd).Allocate(512), b = run.Upload<float>(new float[128]);
        Assert.Equal(CudaResult.LaunchFailed, run.TryLaunch("add", new Shape(1, 128), a, b, run.Allocate(512), 128));
        Assert.StartsWith("global memory read before anything was written to it", run.Simulator.LastError);
    }

    [Fact]
    public void A_misaligned_address_faults()
    {
        using SimulatedRun run = new();
        ulong a = run.Load(VectorAdd).Upload<float>(new float[128]), b = run.Upload<float>(new float[128]);
        Assert.Equal(CudaResult.MisalignedAddress, run.TryLaunch("add", new Shape(1, 32), a + 2, b, run.Allocate(512), 32));
        Assert.Contains("is no multiple of 4", run.Simulator.LastError);
    }

    [Theory]
    [InlineData("add.rn.f32", "frobnicate.f32", "frobnicate.f32")]
    [InlineData("add.rn.f32", "add.rn.funny.f32", "modifier '.funny'")]
    [InlineData("cvta.to.global.u64 %rd4, %rd1", "cvta.to.global.u64 %rd4, %r1", "register %r1 has 4 bytes where 8 are wanted")]
    public void What_the_simulator_does_not_know_is_refused_with_its_line(string known, string unknown, string message)
    {
        using SimulatedRun run = new();
        Assert.Equal(CudaResult.InvalidPtx, run.TryLoad(VectorAdd.Replace(known, unknown, StringComparison.Ordinal)));
        Assert.Matches("^PTX line [0-9]+: ", run.Simulator.LastError);
        Assert.Contains(message, run.Simulator.LastError);
    }

    [Fact]
    public void A_module_for_a_newer_device_or_a_newer_driver_is_refused()
    {
        using SimulatedRun run = new(new() { Sm = 80, DriverVersion = 11080 });
        Assert.Equal(CudaResult.NoBinaryForGpu, run.TryLoad(VectorAdd.Replace("sm_75", "sm_86", StringComparison.Ordinal)));
        Assert.Equal(CudaResult.UnsupportedPtxVersion, run.TryLoad(VectorAdd.Replace("7.8", "8.4", StringComparison.Ordinal)));
        Assert.Equal(CudaResult.NoBinaryForGpu, run.TryLoad("\u007fELF machine code"));
    }
}
