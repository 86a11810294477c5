using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>
/// <c>mma</c> and <c>ldmatrix</c> against the fragment layouts of the PTX manual: with g = lane / 4 and t = lane % 4, the i-th half
/// of A lies in row g + 8 (i / 2 % 2) and column 2t + i % 2 + 8 (i / 4), of B in row 2t + i % 2 + 8 (i / 2) and column g, and the
/// i-th value of C and D in row g + 8 (i / 2) and column 2t + i % 2.
/// </summary>
public sealed class MatrixTests
{
    [Theory]
    [InlineData(16, "f32")]
    [InlineData(8, "f32")]
    [InlineData(16, "f16")]
    [InlineData(8, "f16")]
    public void A_product_follows_the_fragment_layouts(int depth, string sumType)
    {
        var random = new Random(7);
        float[,] a = Fill(random, 16, depth), b = Fill(random, depth, 8), c = Fill(random, 16, 8);
        int left = depth / 4, right = depth / 8, sums = sumType == "f32" ? 4 : 2;
        uint[,] input = new uint[32, left + right + sums];
        for (int lane = 0; lane < 32; lane++)
        {
            var (g, t) = (lane / 4, lane % 4);
            for (int r = 0; r < left; r++)
            {
                input[lane, r] = Pack(i => a[g + (8 * (r % 2)), (2 * t) + i + (8 * (r / 2))]);
            }

            for (int r = 0; r < right; r++)
            {
                input[lane, left + r] = Pack(i => b[(2 * t) + i + (8 * r), g]);
            }

            for (int r = 0; r < sums; r++)
            {
                input[lane, left + right + r] = sums == 4
                    ? BitConverter.SingleToUInt32Bits(c[g + (8 * (r / 2)), (2 * t) + (r % 2)])
                    : Pack(i => c[g + (8 * r), (2 * t) + i]);
            }
        }

        string shape = $"m16n8k{depth}.row.col.{sumType}.f16.f16.{sumType}";
        string body = $"mma.sync.aligned.{shape} {Group(20, sums)}, {Group(0, left)}, {Group(left, right)}, {Group(left + right, sums)};";
        uint[,] output = Run(input, sums, body, out Simulator simulator);
        Assert.Equal(1, simulator.KernelTotal.MatrixInstructions);
        for (int lane = 0; lane < 32; lane++)
        {
            for (int i = 0; i < 4; i++)
            {
                int row = (lane / 4) + (8 * (i / 2)), column = (2 * (lane % 4)) + (i % 2);
                float expected = c[row, column];
                for (int k = 0; k < depth; k++)
                {
                    expected += a[row, k] * b[k, column];
                }

                float actual = sums == 4 ? BitConverter.UInt32BitsToSingle(output[lane, i]) : Half(output[lane, i / 2], i % 2);
                Assert.True(Math.Abs(actual - expected) <= Math.Abs(expected) / 1000, $"row {row} column {column}: {actual}, not {expected}");
            }
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void Ldmatrix_deals_out_the_rows_of_its_tiles(int tiles, bool transposed)
    {
        // Every lane stores 16 bytes: row lane % 8 of tile lane / 8. Half (tile, row, column) is 1000 tile + 10 row + column.
        uint[,] input = new uint[32, 4];
        for (int lane = 0; lane < 32; lane++)
        {
            for (int r = 0; r < 4; r++)
            {
                uint Code(int i) => (uint)((1000 * (lane / 8)) + (10 * (lane % 8)) + (2 * r) + i);
                input[lane, r] = Code(0) | Code(1) << 16;
            }
        }

        string body = $$"""
            mov.u32 %r30, smem;
            shl.b32 %r31, %tid, 4;
            add.s32 %r30, %r30, %r31;
            st.shared.v4.b32 [%r30], {%r0, %r1, %r2, %r3};
            bar.warp.sync 0xffffffff;
            ldmatrix.sync.aligned.m8n8.x{{tiles}}{{(transposed ? ".trans" : "")}}.shared.b16 {{Group(20, tiles)}}, [%r30];
            """;
        uint[,] output = Run(input, tiles, body, out Simulator simulator);
        for (int lane = 0; lane < 32; lane++)
        {
            for (int tile = 0; tile < tiles; tile++)
            {
                for (int i = 0; i < 2; i++)
                {
                    var (row, column) = (lane / 4, (2 * (lane % 4)) + i);
                    (row, column) = transposed ? (column, row) : (row, column);
                    Assert.Equal((uint)((1000 * tile) + (10 * row) + column), output[lane, tile] >> (16 * i) & 0xffff);
                }
            }
        }

        // 32 lanes store 16 bytes without conflict: 4 passes; every tile takes one.
        Assert.Equal((2, 4 + tiles), (simulator.KernelTotal.SharedRequests, simulator.KernelTotal.SharedWavefronts));
    }

    [Fact]
    public void Rows_in_the_same_banks_cost_a_pass_each()
    {
        uint[,] input = new uint[32, 4];
        const string body = """
            mov.u32 %r30, smem;
            shl.b32 %r31, %tid, 7;
            add.s32 %r30, %r30, %r31;
            st.shared.v4.b32 [%r30], {%r0, %r1, %r2, %r3};
            bar.warp.sync 0xffffffff;
            ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r20, %r21, %r22, %r23}, [%r30];
            """;
        Run(input, 4, body, out Simulator simulator);
        Assert.Equal((2, 32 + 32), (simulator.KernelTotal.SharedRequests, simulator.KernelTotal.SharedWavefronts));
    }

    /// <summary>Loads a row of words into %r0.. of every lane, runs the body, and returns %r20.. of every lane.</summary>
    private static uint[,] Run(uint[,] input, int outputs, string body, out Simulator simulator)
    {
        int inputs = input.GetLength(1);
        string text = $$"""
            .version 7.8
            .target sm_80
            .address_size 64
            .extern .shared .align 128 .b8 smem[];
            .visible .entry program(.param .u64 in, .param .u64 out)
            {
                .reg .b32 %r<40>, %tid;
                .reg .b64 %in, %out, %q;
                ld.param.u64 %in, [in];
                ld.param.u64 %out, [out];
                mov.u32 %tid, %tid.x;
                mul.wide.u32 %q, %tid, {{4 * inputs}};
                add.s64 %in, %in, %q;
                mul.wide.u32 %q, %tid, {{4 * outputs}};
                add.s64 %out, %out, %q;
                {{string.Concat(Enumerable.Range(0, inputs).Select(i => $"ld.global.b32 %r{i}, [%in+{4 * i}];\n"))}}
                {{body}}
                {{string.Concat(Enumerable.Range(0, outputs).Select(i => $"st.global.b32 [%out+{4 * i}], %r{20 + i};\n"))}}
                ret;
            }
            """;
        using SimulatedRun run = new();
        simulator = run.Simulator;
        ulong output = run.Load(text).Allocate(32 * 4 * outputs);
        run.Launch("program", new Shape(1, 32, 8192), run.Upload<uint>(input.Cast<uint>().ToArray()), output);
        uint[] flat = run.Read<uint>(output, 32 * outputs);
        var result = new uint[32, outputs];
        for (int i = 0; i < flat.Length; i++)
        {
            result[i / outputs, i % outputs] = flat[i];
        }

        return result;
    }

    private static string Group(int first, int count) => $"{{{string.Join(", ", Enumerable.Range(first, count).Select(r => $"%r{r}"))}}}";

    private static float[,] Fill(Random random, int rows, int columns)
    {
        var values = new float[rows, columns];
        for (int i = 0; i < rows * columns; i++)
        {
            values[i / columns, i % columns] = random.Next(-16, 17) / 8f;
        }

        return values;
    }

    private static uint Pack(Func<int, float> value) =>
        BitConverter.HalfToUInt16Bits((Half)value(0)) | (uint)BitConverter.HalfToUInt16Bits((Half)value(1)) << 16;

    private static float Half(uint pair, int index) => (float)BitConverter.UInt16BitsToHalf((ushort)(pair >> (16 * index)));
}
