using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Races between warps and between lanes, unwritten reads, asynchronous copies and barriers.</summary>
public sealed class SharedMemoryTests
{
    private const string Own = "mov.u32 %r0, smem; mad.lo.s32 %r0, %tid, 4, %r0;";

    /// <summary>%r1: the word of the thread 32 further round, in another warp; %r2: of the next lane of the same warp.</summary>
    private const string Others = """
        add.s32 %r1, %tid, 32; rem.u32 %r1, %r1, 128; mov.u32 %r3, smem; mad.lo.s32 %r1, %r1, 4, %r3;
        xor.b32 %r2, %tid, 1; mad.lo.s32 %r2, %r2, 4, %r3;
        """;

    private const string Copy = "cp.async.ca.shared.global [%r0], [%in], 4;";

    [Theory]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [%r1];", null)]
    [InlineData("st.shared.b32 [%r0], %a; ld.shared.b32 %d, [%r0];", null)]
    [InlineData("st.shared.b32 [%r0], %a; bar.warp.sync 0xffffffff; ld.shared.b32 %d, [%r2];", null)]
    [InlineData("st.shared.b32 [%r0], %a; ld.shared.b32 %d, [%r2];", "thread 0 reads what thread 1 wrote since the last __syncwarp or barrier")]
    [InlineData("st.shared.b32 [%r0], %a; ld.shared.b32 %d, [%r1];", "shared memory read before anything was written to it: offset 128")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; st.shared.b32 [%r0], %b; ld.shared.b32 %d, [%r1];", "thread 32 writes what thread 0 read since the last barrier")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [%r1]; st.shared.b32 [%r0], %b;", "thread 32 writes what thread 0 read since the last barrier")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [%r2]; st.shared.b32 [%r0], %b;", "thread 0 writes what thread 1 read since the last __syncwarp or barrier")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [%r2]; bar.warp.sync 0xffffffff; st.shared.b32 [%r0], %b;", null)]
    [InlineData("st.shared.b32 [%r0], %a; bar.warp.sync 0xffffffff; st.shared.b32 [%r1], %b;", "thread 32 writes what thread 0 wrote since the last barrier")]
    [InlineData("ld.shared.b32 %d, [%r0];", "shared memory read before anything was written to it: offset 0")]
    [InlineData("st.shared.b32 [smem], %tid;", "lanes 0 and 1 store different values to it at once")]
    [InlineData("setp.lt.u32 %p0, %tid, 32; @%p0 st.shared.b32 [smem], 5; bar.sync 0; ld.shared.b32 %d, [smem];", null)]
    [InlineData("setp.lt.u32 %p0, %tid, 1; @%p0 st.shared.b32 [smem], 5; ld.shared.b32 %d, [smem];", "thread 0 reads what thread 0 wrote since the last __syncwarp or barrier")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [smem]; setp.eq.u32 %p0, %tid, 0; @%p0 st.shared.b32 [smem], 5;", "thread 0 writes what other lanes read since the last __syncwarp or barrier")]
    [InlineData("st.shared.b32 [%r0], 0; bar.sync 0; red.shared.add.u32 [smem], 1; bar.sync 0; ld.shared.b32 %d, [smem];", null)]
    [InlineData("st.shared.b32 [%r0], 0; bar.sync 0; red.shared.add.u32 [smem], 1; ld.shared.b32 %d, [smem];", "reads what thread")]
    [InlineData("st.shared.v4.b32 [%r0], {%a, %a, %a, %a};", "misaligned shared write")]
    public void Order_between_threads_is_demanded(string body, string? message) => Check($"{Own} {Others} {body}", message);

    [Theory]
    [InlineData($"{Copy} cp.async.commit_group; cp.async.wait_group 0; ld.shared.b32 %d, [%r0];", null)]
    [InlineData($"{Copy} cp.async.wait_all; bar.sync 0; ld.shared.b32 %d, [%r1];", null)]
    [InlineData($"{Copy} cp.async.commit_group; cp.async.wait_group 1; ld.shared.b32 %d, [%r0];", "shared memory read while an asynchronous copy to it is in flight: offset 0, copy issued by thread 0")]
    [InlineData($"{Copy} cp.async.commit_group; cp.async.commit_group; cp.async.wait_group 1; ld.shared.b32 %d, [%r0];", null)]
    [InlineData($"{Copy} cp.async.wait_group 0; ld.shared.b32 %d, [%r0];", "while an asynchronous copy to it is in flight")]
    [InlineData($"{Copy} st.shared.b32 [%r0], %a;", "shared memory written while an asynchronous copy to it is in flight")]
    [InlineData($"{Copy} cp.async.wait_all; ld.shared.b32 %d, [%r2];", "thread 0 reads what thread 1 wrote since the last __syncwarp or barrier")]
    [InlineData($"{Copy} cp.async.wait_all; ld.shared.b32 %d, [%r1];", "shared memory read before anything was written")]
    [InlineData($"{Copy} cp.async.commit_group;", "the warp ends with asynchronous copies in flight")]
    [InlineData("st.shared.b32 [%r0], %a; bar.sync 0; ld.shared.b32 %d, [%r1]; cp.async.ca.shared.global [%r0], [%in], 4; cp.async.wait_all;", "thread 32 writes what thread 0 read since the last barrier")]
    [InlineData("cp.async.ca.shared.global [smem], [%in], 4;", "while an asynchronous copy to it is in flight: offset 0, copy issued by thread 0")]
    [InlineData("mov.u32 %r4, 5; cp.async.ca.shared.global [%r0], [%in], 4, %r4;", "is told to read 5")]
    [InlineData("add.s64 %in, %in, 2; cp.async.ca.shared.global [%r0], [%in], 4;", "misaligned source of an asynchronous copy")]
    [InlineData("add.s64 %in, %in, 65536; cp.async.ca.shared.global [%r0], [%in], 4;", "global read outside every allocation")]
    [InlineData("add.s64 %in, %in, 65536; mov.u32 %r4, 0; cp.async.ca.shared.global [%r0], [%in], 4, %r4; cp.async.wait_all;", null)]
    [InlineData("setp.lt.u32 %p0, %tid, 5; @%p0 bra L; cp.async.wait_all; L:", "committed or waited for by lanes 0xffffffe0 only")]
    public void Asynchronous_copies_must_be_waited_for(string body, string? message) => Check($"{Own} {Others} {body}", message);

    [Fact]
    public void A_short_copy_fills_the_rest_with_zeros()
    {
        const string text = """
            mov.u32 %r0, smem;
            shl.b32 %r1, %tid, 3;
            add.s32 %r0, %r0, %r1;
            and.b32 %r2, %tid, 7;
            cp.async.ca.shared.global [%r0], [%in], 8, %r2;
            cp.async.wait_all;
            ld.shared.b64 %D, [%r0];
            """;
        ulong[] a = LaneProgram.LongNumbers(8);
        Assert.Equal(a.Select((v, i) => v & ((1ul << (8 * (i % 8))) - 1)), LaneProgram.Run64(text, a));
    }

    [Fact]
    public void Barriers_count_reduce_and_carry_numbers()
    {
        const string text = """
            setp.lt.u32 %p0, %tid, 40;
            bar.red.popc.u32 %r0, 0, %p0;
            bar.red.or.pred %p1, 0, %p0;
            bar.red.and.pred %p2, 0, !%p0;
            selp.u32 %r1, 1000, 0, %p1;
            selp.u32 %r2, 2000, 0, %p2;
            add.s32 %d, %r0, %r1;
            add.s32 %d, %d, %r2;
            setp.lt.u32 %p3, %tid, 64;
            @!%p3 bra REST;
            barrier.sync 1, 64;
            bra DONE;
        REST:
            barrier.sync 2, 64;
        DONE:
            bar.sync 0, 128;
        """;
        var run = Run(text);
        Assert.True(run.Result == CudaResult.Success, run.Message);
        Assert.All(run.FirstWarp, value => Assert.Equal(1040ul, value));
    }

    [Theory]
    [InlineData("setp.lt.u32 %p0, %tid, 64; @%p0 bar.sync 0;", null)]
    [InlineData("setp.lt.u32 %p0, %tid, 64; @%p0 bra L; bar.sync 0; bra E; L: bar.sync 1; E:", "barrier reached by part of the block: warps 0, 1, 2, 3 wait")]
    [InlineData("bar.sync 0, 256;", "barrier reached by part of the block")]
    public void A_barrier_waits_for_the_warps_that_live(string body, string? message) => Check(body, message);

    private static void Check(string body, string? message)
    {
        var run = Run(body);
        if (message == null)
        {
            Assert.True(run.Result == CudaResult.Success, run.Message);
            return;
        }

        Assert.Equal(message.Contains("misaligned") ? CudaResult.MisalignedAddress : message.Contains("outside") ? CudaResult.IllegalAddress : CudaResult.LaunchFailed, run.Result);
        Assert.Contains(message, run.Message);
    }

    /// <summary>Runs a body by one block of four warps.</summary>
    private static (CudaResult Result, string Message, ulong[] FirstWarp) Run(string body)
    {
        using SimulatedRun run = new(new SimulatorOptions { Threads = 1 });
        run.Load(LaneProgram.Text(body));
        ulong inputs = run.Upload<ulong>(new ulong[256]), output = run.Upload<ulong>(new ulong[256]);
        CudaResult result = run.TryLaunch("program", new Shape(1, 128, 4096), inputs, output);
        return (result, run.Simulator.LastError ?? "", result == CudaResult.Success ? run.Read<ulong>(output, 32) : []);
    }
}
