using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Loads, stores and atomics in every space and width.</summary>
public sealed class MemoryTests
{
    private static readonly uint[] _numbers = LaneProgram.Numbers(11);

    [Theory]
    [InlineData("u8", "%d", 1)]
    [InlineData("s8", "%d", 1)]
    [InlineData("u16", "%d", 2)]
    [InlineData("s16", "%d", 2)]
    [InlineData("u32", "%d", 4)]
    [InlineData("s32", "%D", 4)]
    [InlineData("u32", "%D", 4)]
    [InlineData("s8", "%D", 1)]
    [InlineData("u64", "%D", 8)]
    public void Narrow_loads_are_extended_to_the_register(string type, string register, int bytes)
    {
        string text = $"""
            mov.u32 %r0, smem;
            mad.lo.s32 %r0, %tid, {Math.Max(bytes, 4)}, %r0;
            st.shared.{(bytes == 8 ? "b64 [%r0], %A" : "b32 [%r0], %a")};
            ld.shared.{type} {register}, [%r0];
            """;
        ulong[] a = LaneProgram.LongNumbers(4);
        ulong[] expected = [.. a.Select(v => (type, register) switch
        {
            ("u8", _) => (byte)v,
            ("s8", "%d") => (uint)(sbyte)v,
            ("s8", _) => (ulong)(sbyte)v,
            ("u16", _) => (ushort)v,
            ("s16", _) => (uint)(short)v,
            ("u32", _) => (uint)v,
            ("s32", _) => (ulong)(int)v,
            _ => v,
        })];
        var results = LaneProgram.Run(text, a);
        Assert.Equal(expected, results.Select(r => register == "%d" ? r.Narrow : r.Wide));
    }

    [Fact]
    public void Vectors_move_in_lane_order()
    {
        const string text = """
            mov.u32 %r0, smem;
            shl.b32 %r1, %tid, 4;
            add.s32 %r0, %r0, %r1;
            xor.b32 %r2, %a, 0xff;
            st.shared.v4.b32 [%r0], {%a, %b, %r2, 77};
            ld.shared.v2.b32 {%r3, %r4}, [%r0];
            ld.shared.v2.b32 {%r5, %r6}, [%r0+8];
            ld.shared.v2.b64 {%q0, %q1}, [%r0];
            xor.b64 %D, %q0, %q1;
            xor.b32 %d, %r3, %r4;
            xor.b32 %d, %d, %r5;
            add.s32 %d, %d, %r6;
            """;
        uint[] a = _numbers, b = LaneProgram.Numbers(12);
        var results = LaneProgram.Run(text, [.. a.Select(v => (ulong)v)], [.. b.Select(v => (ulong)v)]);
        for (int i = 0; i < 32; i++)
        {
            Assert.Equal((a[i] ^ b[i] ^ a[i] ^ 0xff) + 77, (uint)results[i].Narrow);
            Assert.Equal((a[i] | (ulong)b[i] << 32) ^ ((a[i] ^ 0xff) | 77ul << 32), results[i].Wide);
        }
    }

    [Fact]
    public void Half_words_of_shared_memory_belong_to_different_lanes()
    {
        const string text = """
            cvt.u16.u32 %h0, %a;
            mov.u32 %r0, smem;
            shl.b32 %r1, %tid, 1;
            add.s32 %r0, %r0, %r1;
            st.shared.b16 [%r0], %h0;
            bar.warp.sync 0xffffffff;
            xor.b32 %r1, %tid, 1;
            mov.u32 %r2, smem;
            mad.lo.s32 %r2, %r1, 2, %r2;
            ld.shared.u16 %h1, [%r2];
            cvt.u32.u16 %d, %h1;
            """;
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (uint)(ushort)_numbers[i ^ 1]), LaneProgram.Run32(text, _numbers));
    }

    [Fact]
    public void Local_constant_and_global_variables_have_their_own_memory()
    {
        const string text = """
            mov.u64 %q0, depot;
            st.local.b32 [%q0+4], %a;
            st.local.v2.b32 [depot+8], {%b, %c};
            and.b32 %r0, %a, 3;
            mul.wide.u32 %q1, %r0, 4;
            add.s64 %q2, %q0, %q1;
            ld.local.b32 %r1, [depot+8];
            ld.local.b32 %r2, [%q0+4];
            mov.u64 %q3, constants;
            add.s64 %q3, %q3, %q1;
            ld.const.u32 %r3, [%q3];
            ld.const.u32 %r4, [constants+8];
            ld.global.b32 %r5, [variable];
            add.s32 %d, %r1, %r2;
            xor.b32 %d, %d, %r3;
            add.s32 %d, %d, %r4;
            xor.b32 %d, %d, %r5;
            """;
        uint[] b = LaneProgram.Numbers(12);
        uint[] expected = [.. _numbers.Zip(b, (x, y) => (((x + y) ^ (((x & 3) + 1) * 11)) + 33) ^ 0x40490fdb)];
        Assert.Equal(expected, LaneProgram.Run32(text, _numbers, b));
    }

    [Fact]
    public void Generic_addresses_reach_every_window()
    {
        const string text = """
            mov.u64 %q0, depot;
            cvta.local.u64 %q0, %q0;
            mov.u64 %q1, smem;
            cvta.shared.u64 %q1, %q1;
            mul.wide.u32 %q2, %tid, 4;
            add.s64 %q1, %q1, %q2;
            st.b32 [%q0], %a;
            st.b32 [%q1], %b;
            and.b32 %r0, %tid, 1;
            setp.eq.u32 %p0, %r0, 0;
            selp.b64 %q3, %q0, %q1, %p0;
            ld.b32 %d, [%q3];
            isspacep.shared %p1, %q3;
            selp.u64 %D, 1, 0, %p1;
            """;
        uint[] b = LaneProgram.Numbers(12);
        var results = LaneProgram.Run(text, [.. _numbers.Select(v => (ulong)v)], [.. b.Select(v => (ulong)v)]);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (i % 2 == 0 ? (ulong)_numbers[i] : b[i], (ulong)(i % 2))), results);
    }

    [Fact]
    public void Functions_take_parameters_and_return_values()
    {
        const string function = """
            .func (.param .b32 result) twice_plus(.param .b32 value, .param .align 8 .b8 pair[16])
            {
                .reg .b32 %r<4>;
                .reg .b64 %rd<2>;
                .reg .pred %p<2>;
                ld.param.b32 %r1, [value];
                ld.param.u64 %rd1, [pair+8];
                setp.gt.u32 %p1, %r1, 100;
                @%p1 bra BIG;
                cvt.u32.u64 %r2, %rd1;
                mad.lo.s32 %r3, %r1, 2, %r2;
                st.param.b32 [result+0], %r3;
                ret;
            BIG:
                st.param.b32 [result+0], %r1;
                ret;
            }
            """;
        const string body = """
            and.b32 %r0, %a, 127;
            {
                .reg .b32 temp_param_reg;
                .param .b32 param0;
                st.param.b32 [param0+0], %r0;
                .param .align 8 .b8 param1[16];
                st.param.b64 [param1+0], 1;
                st.param.b64 [param1+8], 1000;
                .param .b32 retval0;
                call.uni (retval0), twice_plus, (param0, param1);
                ld.param.b32 %d, [retval0+0];
            }
            """;
        string text = LaneProgram.Text(body).Replace(".visible .entry", function + "\n.visible .entry", StringComparison.Ordinal);
        using SimulatedRun run = new();
        ulong output = run.Load(text).Upload<ulong>(new ulong[64]);
        run.Launch("program", new Shape(1, 32, 64), run.Upload<ulong>([.. _numbers.Select(v => (ulong)v), .. new ulong[64]]), output);
        Assert.Equal(_numbers.Select(v => (v & 127) > 100 ? v & 127 : ((v & 127) * 2) + 1000), run.Read<ulong>(output, 32).Select(v => (uint)v));
    }

    [Theory]
    [InlineData("add.u32", 5u)]
    [InlineData("min.s32", 0xfffffff0u)]
    [InlineData("max.u32", 31u)]
    [InlineData("exch.b32", 7u)]
    [InlineData("inc.u32", 20u)]
    [InlineData("dec.u32", 20u)]
    [InlineData("or.b32", 0x10u)]
    [InlineData("and.b32", 0xfeu)]
    [InlineData("xor.b32", 0x55u)]
    public void Lanes_take_turns_at_an_atomic(string operation, uint operand)
    {
        foreach (string space in new[] { "shared", "global" })
        {
            // Shared: word 0 of smem; global: the word behind the results.
            string setup = space == "shared"
                ? "mov.u64 %q0, smem; setp.eq.u32 %p0, %tid, 0; @%p0 st.shared.b32 [%q0], 100; bar.warp.sync 0xffffffff;"
                : "mov.u64 %q0, variable; st.global.b32 [%q0], 100;";
            string text = $"{setup} add.s32 %r1, %tid, {operand}; atom.{space}.{operation} %d, [%q0], %r1; red.{space}.add.u32 [%q0], 0; bar.warp.sync 0xffffffff; ld.{space}.b32 %r2, [%q0]; cvt.u64.u32 %D, %r2;";
            var results = LaneProgram.Run(text, new ulong[32]);
            uint state = 100;
            for (uint lane = 0; lane < 32; lane++)
            {
                uint value = lane + operand;
                Assert.Equal(state, (uint)results[lane].Narrow);
                state = operation[..3] switch
                {
                    "add" => state + value,
                    "min" => (uint)Math.Min((int)state, (int)value),
                    "max" => Math.Max(state, value),
                    "exc" => value,
                    "inc" => state >= value ? 0 : state + 1,
                    "dec" => state == 0 || state > value ? value : state - 1,
                    "or." => state | value,
                    "and" => state & value,
                    _ => state ^ value,
                };
            }

            Assert.All(results, r => Assert.Equal(state, (uint)r.Wide));
        }
    }

    [Fact]
    public void Atomics_work_on_floats_wide_words_and_compare_and_swap()
    {
        const string text = """
            mov.u64 %q0, smem;
            setp.eq.u32 %p0, %tid, 0;
            @%p0 st.shared.b32 [%q0], 0f3F800000;
            @%p0 st.shared.b64 [%q0+8], 5;
            @%p0 st.shared.b32 [%q0+16], 3;
            bar.warp.sync 0xffffffff;
            atom.shared.add.f32 %r0, [%q0], 0f3F000000;
            atom.shared.max.u64 %q1, [%q0+8], %A;
            atom.shared.cas.b32 %r1, [%q0+16], %tid, 40;
            bar.warp.sync 0xffffffff;
            ld.shared.f32 %r2, [%q0];
            ld.shared.u64 %D, [%q0+8];
            ld.shared.b32 %r3, [%q0+16];
            cvt.rzi.u32.f32 %d, %r2;
            mad.lo.s32 %d, %d, 1000, %r3;
            """;
        ulong[] a = [.. Enumerable.Range(0, 32).Select(i => (ulong)i << 33)];
        Assert.All(LaneProgram.Run(text, a), r => Assert.Equal((17040ul, 31ul << 33), r));
    }

    [Theory]
    [InlineData("ld.shared.b32 %d, [smem+4096];", CudaResult.IllegalAddress, "shared read out of range: offset 4096, 4 bytes, of 4096 bytes")]
    [InlineData("st.shared.b32 [smem+2], %a;", CudaResult.MisalignedAddress, "misaligned shared write: offset 2")]
    [InlineData("ld.local.b32 %d, [depot+64];", CudaResult.IllegalAddress, "local access out of range")]
    [InlineData("mov.u64 %q0, 8; st.global.b32 [%q0], %a;", CudaResult.IllegalAddress, "global write outside every allocation: address 0x8, 4 bytes; no allocation lies below it")]
    [InlineData("mov.u64 %q0, 0x5000000000000000; ld.b32 %d, [%q0];", CudaResult.InvalidAddressSpace, "lies in no window")]
    public void Bad_addresses_are_told_with_their_place(string body, CudaResult code, string message)
    {
        using SimulatedRun run = new();
        run.Load(LaneProgram.Text(body));
        ulong inputs = run.Upload<ulong>(new ulong[96]), output = run.Upload<ulong>(new ulong[64]);
        Assert.Equal(code, run.TryLaunch("program", new Shape(1, 32, 4096), inputs, output));
        Assert.Contains(message, run.Simulator.LastError);
        Assert.Contains("in program, block (0, 0, 0), warp 0, lane 0 (thread 0)", run.Simulator.LastError);
    }

    [Fact]
    public void A_freed_allocation_is_recognised()
    {
        using SimulatedRun run = new();
        run.Load(LaneProgram.Text("mov.u32 %d, 1;"));
        ulong inputs = run.Upload<ulong>(new ulong[96]), output = run.Upload<ulong>(new ulong[64]);
        unsafe
        {
            run.Demand(run.Table.MemFree(inputs));
        }

        Assert.Equal(CudaResult.IllegalAddress, run.TryLaunch("program", new Shape(1, 32), inputs, output));
        Assert.Contains("it lies in an allocation of 768 bytes that was freed", run.Simulator.LastError);
    }

    [Theory]
    [InlineData("mul.wide.u32 %q0, %tid, 4;", 4, 1)]
    [InlineData("mul.wide.u32 %q0, %tid, 128;", 32, 32)]
    [InlineData("mul.wide.u32 %q0, %tid, 8;", 8, 2)]
    [InlineData("mov.u64 %q0, 0;", 1, 1)]
    public void Sectors_and_bank_conflicts_are_counted(string address, int sectors, int wavefronts)
    {
        using SimulatedRun run = new();
        string body = $"{address} mov.u64 %q1, smem; add.s64 %q1, %q1, %q0; st.shared.b32 [%q1], 3; sub.s64 %in, %in, %offset; add.s64 %in, %in, %q0; ld.global.b32 %r0, [%in];";
        run.Load(LaneProgram.Text(body));
        ulong inputs = run.Upload<ulong>(new ulong[1024]), output = run.Upload<ulong>(new ulong[64]);
        run.Launch("program", new Shape(1, 32, 4096), inputs, output);
        var counters = run.Simulator.KernelTotal;

        // Three loads and two stores of 8 bytes a lane around the body, 8 sectors each.
        Assert.Equal((6, 40 + sectors), (counters.GlobalRequests, counters.GlobalSectors));
        Assert.Equal((1, wavefronts), (counters.SharedRequests, counters.SharedWavefronts));
    }
}
