using Shape = HandMeshEngine.Cuda.Tests.Simulation.SimulatedRun.Shape;

namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>Real kernels through the real NVRTC: right numbers, deterministic counters, and planted bugs that must not pass.</summary>
public sealed class CompiledKernelTests
{
    public static TheoryData<string, int> Targets => CompiledKernel.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_convolution_is_right_in_any_order(string version, int sm)
    {
        string source = CompiledKernel.Source("conv3x3");
        var (error, message, simulator) = CompiledKernel.Convolve(version, sm, source);
        Assert.True(error < 2e-3, $"error {error}: {message}");
        var reversed = CompiledKernel.Convolve(version, sm, source, new SimulatorOptions { Sm = sm, ReversedOrder = true, Threads = 2 });
        Assert.Equal((error, null), (reversed.Error, reversed.Message));

        // 3 blocks of 4 warps, 18 steps of 2 x 8 products of depth 16, or twice as many of depth 8; 8 fragments a step and warp,
        // each four tiles without conflict. On sm_75 the copies are stores, 4 a stage.
        var counters = simulator.KernelTotal;
        Assert.Equal(3 * 4 * 18 * 16 * (sm == 75 ? 2 : 1), counters.MatrixInstructions);
        int requests = (3 * 4 * 18 * 8) + (sm == 75 ? 3 * 4 * 18 * 4 : 0);
        Assert.Equal((requests, requests * 4), (counters.SharedRequests, counters.SharedWavefronts));
        Assert.Equal(CompiledKernel.Pixels * CompiledKernel.Outputs * 2, counters.GlobalBytesWritten);
    }

    [Theory]
    [InlineData("a barrier removed", "__syncthreads();", "", "race on shared memory")]
    [InlineData("a wait removed", "copy_async_wait<STAGES - 2>();", "", "while an asynchronous copy to it is in flight")]
    [InlineData("a wait for one group too few", "copy_async_wait<STAGES - 2>();", "copy_async_wait<STAGES - 1>();", "while an asynchronous copy to it is in flight")]
    [InlineData("a commit removed", "        copy_async_commit();\n        const", "        const", "while an asynchronous copy to it is in flight")]
    [InlineData("the stage still in use refilled", "(step + STAGES - 1) % STAGES", "step % STAGES", "in flight")]
    [InlineData("a row guard removed", "if (pixel < HEIGHT * WIDTH) UNROLL", "UNROLL", "global write outside every allocation")]
    [InlineData("an image edge forgotten", "(unsigned)py < (unsigned)HEIGHT && ", "", "global read outside every allocation")]
    [InlineData("a tile too far", "left + TILE * DEPTH * 2u;", "left + TILE * DEPTH * 2u + (step == STEPS - 1) * 8192u;", "shared read by ldmatrix out of range")]
    [InlineData("a misaligned copy", "+ c) : x, inside", "+ c + 1) : x, inside", "misaligned source of an asynchronous copy")]
    [InlineData("a barrier in a branch", "__syncthreads();", "if (lane < 16) __syncthreads();", "committed or waited for by lanes 0xffff0000 only")]
    public void A_planted_bug_is_stopped(string bug, string right, string wrong, string message)
    {
        var result = CompiledKernel.Convolve("12.4", 80, Plant(bug, CompiledKernel.Source("conv3x3"), right, wrong));
        Assert.True(result.Message != null && result.Message.Contains(message), $"{bug}: {result.Message ?? $"passed with error {result.Error}"}");
        Assert.Matches(@"conv3x3, block \(\d, 0, 0\), warp \d, lane \d+", result.Message);
        Assert.Matches(@"at (test|prelude|mma)\.cuh?:\d+, PTX line \d+", result.Message);
    }

    [Theory]
    [InlineData("operands of the product swapped", "mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2], b[j >> 1][(j & 1) * 2 + 1])", "mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2 + 1], b[j >> 1][(j & 1) * 2])")]
    [InlineData("halves packed the wrong way round", "pack_halves(v0, v1)", "pack_halves(v1, v0)")]
    [InlineData("a tap mirrored", "tap / 3 - 1", "1 - tap / 3")]
    public void A_bug_in_the_arithmetic_shows_in_the_numbers(string bug, string right, string wrong)
    {
        var (error, message, _) = CompiledKernel.Convolve("12.4", 80, Plant(bug, CompiledKernel.Source("conv3x3"), right, wrong));
        Assert.True(message == null && error > 0.05, $"{bug}: error {error}, {message}");
    }

    [Fact]
    public void A_swizzle_removed_shows_in_the_counters()
    {
        string source = Plant("swizzle", CompiledKernel.Source("conv3x3"), "(chunk ^ ((row >> 1) & 3u))", "chunk");
        var (error, message, simulator) = CompiledKernel.Convolve("12.4", 80, source);
        Assert.True(error < 2e-3, message);
        Assert.Equal(4 * 4 * simulator.KernelTotal.SharedRequests, simulator.KernelTotal.SharedWavefronts);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_softmax_is_right_and_reads_whole_sectors(string version, int sm)
    {
        const int rows = 9, columns = 70;
        string ptx = CompiledKernel.Ptx(version, sm, CompiledKernel.Source("conv3x3"), "-DHEIGHT=1", "-DWIDTH=1", "-DCIN=32", "-DCOUT=64");
        using SimulatedRun run = new(new SimulatorOptions { Sm = sm });
        float[] x = [.. Enumerable.Range(0, rows * columns).Select(i => 5 * MathF.Sin(i))];
        ulong y = run.Load(ptx).Allocate(rows * columns * 4);
        run.Launch("softmax_rows", new Shape((rows + 3) / 4, 128), run.Upload<float>(x), y, rows, columns);
        float[] actual = run.Read<float>(y, rows * columns);
        for (int row = 0; row < rows; row++)
        {
            double[] powers = [.. x.Skip(row * columns).Take(columns).Select(v => Math.Exp(v))];
            for (int c = 0; c < columns; c++)
            {
                Assert.True(Math.Abs((powers[c] / powers.Sum()) - actual[(row * columns) + c]) < 1e-6, $"row {row} column {c}: {actual[(row * columns) + c]}");
            }
        }

        Assert.Equal((4L * 3 * rows * columns, 4L * rows * columns), (run.Simulator.KernelTotal.GlobalBytesRead, run.Simulator.KernelTotal.GlobalBytesWritten));
    }

    private static string Plant(string bug, string source, string right, string wrong)
    {
        Assert.True(source.Contains(right), $"the source no longer holds what '{bug}' is planted in");
        return source.Replace(right, wrong, StringComparison.Ordinal);
    }
}
