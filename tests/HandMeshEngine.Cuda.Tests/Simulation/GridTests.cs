using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Blocks: on several threads, in reverse, and all at once in a cooperative grid.</summary>
public sealed unsafe class GridTests
{
    /// <summary>Every block adds its number plus one to a counter, waits until all have, and stores what it sees.</summary>
    private const string Meeting = """
        .version 7.8
        .target sm_75
        .address_size 64
        .visible .entry meet(.param .u64 counter, .param .u64 out, .param .u32 sum)
        {
            .reg .pred %p<3>;
            .reg .b32 %r<8>;
            .reg .b64 %rd<6>;
            ld.param.u64 %rd1, [counter];
            ld.param.u64 %rd2, [out];
            ld.param.u32 %r1, [sum];
            mov.u32 %r2, %tid.x;
            mov.u32 %r3, %ctaid.x;
            setp.ne.u32 %p1, %r2, 0;
            @%p1 bra JOIN;
            add.s32 %r4, %r3, 1;
            red.release.gpu.global.add.u32 [%rd1], %r4;
        SPIN:
            ld.acquire.gpu.global.u32 %r5, [%rd1];
            setp.lt.u32 %p2, %r5, %r1;
            @%p2 bra SPIN;
        JOIN:
            bar.sync 0;
            ld.volatile.global.u32 %r6, [%rd1];
            mov.u32 %r7, %ntid.x;
            mad.lo.u32 %r7, %r3, %r7, %r2;
            mul.wide.u32 %rd3, %r7, 4;
            add.s64 %rd4, %rd2, %rd3;
            st.global.u32 [%rd4], %r6;
            ret;
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Blocks_of_a_cooperative_grid_may_wait_for_each_other(bool reversed)
    {
        const int blocks = 9, threads = 64;
        using SimulatedRun run = new(new() { ReversedOrder = reversed, InstructionLimit = 1_000_000 });
        ulong counter = run.Load(Meeting).Upload<int>([0]), output = run.Allocate(blocks * threads * 4);
        int sum = blocks * (blocks + 1) / 2;
        void** parameters = stackalloc void*[3];
        parameters[0] = &counter;
        parameters[1] = &output;
        parameters[2] = &sum;
        LaunchAttribute attribute = new() { Id = LaunchAttribute.Cooperative, Value = 1 };
        LaunchConfig config = new() { GridX = blocks, GridY = 1, GridZ = 1, BlockX = threads, BlockY = 1, BlockZ = 1, Attributes = &attribute, AttributeCount = 1 };
        run.Demand(run.Table.LaunchKernelEx(&config, run.Function("meet"), parameters, null));
        Assert.Equal(Enumerable.Repeat(blocks * (blocks + 1) / 2, blocks * threads), run.Read<int>(output, blocks * threads));
    }

    [Fact]
    public void Blocks_that_wait_for_each_other_otherwise_are_an_error()
    {
        using SimulatedRun run = new(new() { InstructionLimit = 100_000 });
        ulong counter = run.Load(Meeting).Upload<int>([0]), output = run.Allocate(2 * 64 * 4);
        Assert.Equal(CudaResult.LaunchTimeout, run.TryLaunch("meet", new Shape(2, 64), counter, output, 3));
        Assert.Contains("blocks must not wait for each other outside a cooperative launch", run.Simulator.LastError);
    }

    [Fact]
    public void Threads_of_the_simulator_change_neither_results_nor_counters()
    {
        string source = CompiledKernel.Source("conv3x3");
        var one = CompiledKernel.Convolve("12.4", 80, source, new() { Sm = 80, Threads = 1 });
        var three = CompiledKernel.Convolve("12.4", 80, source, new() { Sm = 80, Threads = 3 });
        Assert.Equal(one.Error, three.Error);
        var (a, b) = (one.Simulator.KernelTotal, three.Simulator.KernelTotal);
        Assert.Equal(
            (a.Blocks, a.WarpInstructions, a.SharedWavefronts, a.GlobalSectors, a.GlobalBytesRead, a.Barriers),
            (b.Blocks, b.WarpInstructions, b.SharedWavefronts, b.GlobalSectors, b.GlobalBytesRead, b.Barriers));
    }

    [Fact]
    public void A_fault_in_one_of_many_blocks_is_told()
    {
        using SimulatedRun run = new(new() { Threads = 3 });
        const string body = "mov.u32 %r0, %ctaid.x; setp.eq.u32 %p0, %r0, 77; @%p0 trap;";
        ulong inputs = run.Load(LaneProgram.Text(body)).Upload<ulong>(new ulong[96]), output = run.Upload<ulong>(new ulong[64]);
        Assert.Equal(CudaResult.LaunchFailed, run.TryLaunch("program", new Shape(100, 32), inputs, output));
        Assert.Contains("in program, block (77, 0, 0), warp 0, lane 0", run.Simulator.LastError);
    }

    [Fact]
    public void Threads_and_blocks_know_their_places()
    {
        const string body = """
            mov.u32 %r0, %tid.y; mov.u32 %r1, %tid.z; mov.u32 %r2, %ctaid.y; mov.u32 %r3, %nctaid.y; mov.u32 %r4, %laneid; mov.u32 %r5, %warpid;
            mad.lo.s32 %d, %r0, 10, %r1; mad.lo.s32 %d, %d, 10, %r2; mad.lo.s32 %d, %d, 10, %r3; mad.lo.s32 %d, %d, 100, %r4; mad.lo.s32 %d, %d, 10, %r5;
            mov.u32 %r6, %lanemask_lt; mov.u32 %r7, %ntid.z; cvt.u64.u32 %D, %r6; mul.wide.u32 %q0, %r7, 2; shl.b64 %q0, %q0, 32; or.b64 %D, %D, %q0;
            """;
        using SimulatedRun run = new();
        ulong inputs = run.Load(LaneProgram.Text(body)).Upload<ulong>(new ulong[96]), output = run.Upload<ulong>(new ulong[64]);
        run.Launch("program", new Shape((1, 1, 1), (16, 1, 2)), inputs, output);
        ulong[] seen = run.Read<ulong>(output, 64);
        for (int i = 0; i < 16; i++)
        {
            // Both z layers write the same place; the lanes of the second come later.
            Assert.Equal((ulong)((1 * 10 * 10 * 100 * 10) + (1 * 100 * 10) + ((16 + i) * 10)), seen[i]);
            Assert.Equal((4ul << 32) | ((1ul << (16 + i)) - 1), seen[32 + i]);
        }
    }
}
