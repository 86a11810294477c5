namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Shuffles, votes and reductions, divergence, and what the simulator says about lanes that do not come.</summary>
public sealed class WarpTests
{
    private static readonly uint[] _lanes = [.. Enumerable.Range(0, 32).Select(i => (uint)i)];

    [Theory]
    [InlineData("bfly", 5, 0x1f, "i ^ 5")]
    [InlineData("down", 3, 0x1f, "i + 3 or i")]
    [InlineData("up", 3, 0, "i - 3 or i")]
    [InlineData("idx", 7, 0x1f, "7")]
    [InlineData("bfly", 4, 0x181f, "i ^ 4")]
    [InlineData("down", 2, 0x1807, "i + 2 in its eight or i")]
    [InlineData("idx", 9, 0x181f, "1 of its eight")]
    public void A_shuffle_reads_the_lane_it_should(string mode, int argument, int clamp, string rule)
    {
        string text = $"shfl.sync.{mode}.b32 %d|%p0, %a, {argument}, {clamp}, 0xffffffff; selp.u32 %r0, 100, 0, %p0; add.s32 %d, %d, %r0;";
        uint[] expected = [.. Enumerable.Range(0, 32).Select(i =>
        {
            var (source, valid) = rule switch
            {
                "i ^ 5" => (i ^ 5, true),
                "i ^ 4" => (i ^ 4, true),
                "i + 3 or i" => i + 3 < 32 ? (i + 3, true) : (i, false),
                "i - 3 or i" => i >= 3 ? (i - 3, true) : (i, false),
                "i + 2 in its eight or i" => i % 8 + 2 < 8 ? (i + 2, true) : (i, false),
                "1 of its eight" => ((i / 8 * 8) + 1, true),
                _ => (7, true),
            };
            return (uint)(source + (valid ? 100 : 0));
        })];
        Assert.Equal(expected, LaneProgram.Run32(text, _lanes));
    }

    [Fact]
    public void Half_warps_shuffle_apart()
    {
        const string text = """
            setp.lt.u32 %p0, %a, 16;
            @%p0 bra LOW;
            shfl.sync.bfly.b32 %d, %a, 1, 0x1f, 0xffff0000;
            bra DONE;
        LOW:
            shfl.sync.bfly.b32 %d, %a, 2, 0x1f, 0x0000ffff;
        DONE:
        """;
        Assert.Equal(_lanes.Select(i => i < 16 ? i ^ 2 : i ^ 1), LaneProgram.Run32(text, _lanes));
    }

    [Fact]
    public void Votes_and_reductions_see_their_members()
    {
        Assert.Equal(Enumerable.Repeat(0xaaaaaaaau, 32), LaneProgram.Run32("and.b32 %r0, %a, 1; setp.ne.u32 %p0, %r0, 0; vote.sync.ballot.b32 %d, %p0, 0xffffffff;", _lanes));
        Assert.Equal(Enumerable.Repeat(1u, 32), LaneProgram.Run32("setp.eq.u32 %p0, %a, 9; vote.sync.any.pred %p1, %p0, 0xffffffff; selp.u32 %d, 1, 0, %p1;", _lanes));
        Assert.Equal(Enumerable.Repeat(0u, 32), LaneProgram.Run32("setp.eq.u32 %p0, %a, 9; vote.sync.all.pred %p1, %p0, 0xffffffff; selp.u32 %d, 1, 0, %p1;", _lanes));
        Assert.Equal(Enumerable.Repeat(1u, 32), LaneProgram.Run32("setp.eq.u32 %p0, %a, 99; vote.sync.all.pred %p1, !%p0, 0xffffffff; selp.u32 %d, 1, 0, %p1;", _lanes));
        Assert.Equal(Enumerable.Repeat(496u, 32), LaneProgram.Run32("redux.sync.add.s32 %d, %a, 0xffffffff;", _lanes));
        Assert.Equal(Enumerable.Repeat(unchecked((uint)-15), 32), LaneProgram.Run32("add.s32 %r0, %a, -15; redux.sync.min.s32 %d, %r0, 0xffffffff;", _lanes));
        Assert.Equal(_lanes.Select(i => 0x11111111u << (int)(i % 4)), LaneProgram.Run32("and.b32 %r0, %a, 3; match.any.sync.b32 %d, %r0, 0xffffffff;", _lanes));
        Assert.Equal(Enumerable.Repeat(0u, 32), LaneProgram.Run32("match.all.sync.b32 %d|%p0, %a, 0xffffffff;", _lanes));
        Assert.Equal(_lanes.Select(i => i < 5 ? 0x1fu : 0xffffffe0), LaneProgram.Run32("setp.lt.u32 %p0, %a, 5; @%p0 bra L; activemask.b32 %d; bra E; L: activemask.b32 %d; E:", _lanes));
    }

    [Fact]
    public void Lanes_that_went_different_ways_meet_again()
    {
        // Collatz steps: every lane loops as often as its own number needs, and all meet in front of the shuffle.
        const string text = """
            mov.u32 %r0, %a;
        LOOP:
            setp.le.u32 %p0, %r0, 1;
            @%p0 bra DONE;
            and.b32 %r1, %r0, 1;
            setp.eq.u32 %p1, %r1, 0;
            @%p1 bra EVEN;
            mad.lo.u32 %r0, %r0, 3, 1;
            bra NEXT;
        EVEN:
            shr.u32 %r0, %r0, 1;
        NEXT:
            add.u32 %d, %d, 1;
            bra LOOP;
        DONE:
            shfl.sync.bfly.b32 %d, %d, 1, 0x1f, 0xffffffff;
        """;
        static uint Steps(uint n) => n <= 1 ? 0 : 1 + Steps(n % 2 == 0 ? n / 2 : (3 * n) + 1);
        Assert.Equal(_lanes.Select(i => Steps((i ^ 1) + 1)), LaneProgram.Run32(text, [.. _lanes.Select(i => i + 1)]));
    }

    [Fact]
    public void A_branch_table_sends_each_lane_to_its_label()
    {
        const string text = """
            and.b32 %r0, %a, 3;
            TABLE: .branchtargets ZERO, ONE, TWO, ONE;
            brx.idx %r0, TABLE;
        ZERO:
            mov.u32 %d, 10;
            bra DONE;
        ONE:
            mov.u32 %d, 11;
            bra DONE;
        TWO:
            mov.u32 %d, 12;
        DONE:
        """;
        Assert.Equal(_lanes.Select(i => (i % 4) switch { 0 => 10u, 2 => 12u, _ => 11u }), LaneProgram.Run32(text, _lanes));
    }

    [Fact]
    public void Guards_keep_the_other_lanes_as_they_were()
    {
        const string text = """
            setp.lt.u32 %p0, %a, 10;
            mov.u32 %d, 7;
            @%p0 mov.u32 %d, %a;
            @!%p0 add.u32 %d, %d, 1;
            mov.u64 %D, 5;
            @%p0 cvt.u64.u32 %D, %a;
            @%p0 ld.param.u32 %r0, [in];
        """;
        var results = LaneProgram.Run(text, [.. _lanes.Select(i => (ulong)i)]);
        Assert.Equal(_lanes.Select(i => i < 10 ? ((ulong)i, (ulong)i) : (8ul, 5ul)), results);
    }

    [Theory]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 ret; shfl.sync.bfly.b32 %d, %a, 1, 0x1f, 0xffffffff;", "warp collective reached by part of the lanes it names", "0x00000007 have exited")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 ret; shfl.sync.down.b32 %d, %a, 31, 0x1f, 0xfffffff8;", "", "OK")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 ret; shfl.sync.idx.b32 %d, %a, 2, 0x1f, 0xfffffff8;", "the shuffle reads lane 2, which does not run", "lane 3")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 ret; bar.sync 0;", "barrier reached by part of the warp", "0x00000007 have exited")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 shfl.sync.bfly.b32 %d, %a, 1, 0x1f, 0xffffffff;", "warp collective reached by part of the lanes it names", "lanes 0x00000007 wait at")]
    [InlineData("shfl.sync.bfly.b32 %d, %a, 1, 0x1f, 0x0000ffff;", "the member mask 0x0000ffff leaves out the lane that executes it", "lane 16")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 bra L; bar.sync 0; L:", "barrier reached by part of the warp", "lanes 0xfffffff8 wait at")]
    [InlineData("setp.lt.u32 %p0, %a, 3; @%p0 bar.sync 0;", "the barrier's guard lets only lanes 0x00000007", "")]
    [InlineData("LOOP: bra LOOP;", "does not end", "warp 0")]
    [InlineData("setp.eq.u32 %p0, %a, 4; @%p0 trap;", "the kernel executed a trap", "lane 4")]
    public void Lanes_that_do_not_come_are_an_error(string body, string message, string place)
    {
        using SimulatedRun run = new(new SimulatorOptions { InstructionLimit = 5000 });
        run.Load(LaneProgram.Text(body));
        ulong inputs = run.Upload<ulong>([.. _lanes.Select(i => (ulong)i), .. new ulong[64]]), output = run.Upload<ulong>(new ulong[64]);
        CudaResult result = run.TryLaunch("program", new SimulatedRun.Shape(1, 32), inputs, output);
        if (place == "OK")
        {
            run.Demand(result);
            return;
        }

        Assert.NotEqual(CudaResult.Success, result);
        Assert.Contains(message, run.Simulator.LastError);
        Assert.Contains(place, run.Simulator.LastError);
    }
}
