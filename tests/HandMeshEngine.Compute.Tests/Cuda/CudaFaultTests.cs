using HandMeshEngine.Compute.Backends.Cuda.Plan;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>What goes wrong is told and leaves nothing behind; and defects planted in kernels do not pass the op tests.</summary>
public sealed class CudaFaultTests
{
    [Theory]
    [InlineData(CudaResult.OutOfMemory, false)]
    [InlineData(CudaResult.LaunchFailed, true)]
    public void Whichever_driver_call_fails_it_is_told_and_nothing_leaks(CudaResult failure, bool sticky)
    {
        SimulatedCuda.Compiler("12.4");
        (long calls, Exception? none, _) = UseEverything(-1, failure, sticky);
        Assert.Null(none);
        Assert.InRange(calls, 50, 1000);
        for (long call = 0; call < calls; call++)
        {
            (_, Exception? error, string struck) = UseEverything(call, failure, sticky);
            Assert.True(struck.Length > 0, $"call {call} was not reached");
            if (error is CudaException told)
            {
                Assert.True(told.Call.Length == 0 || told.Code == failure, $"call {call}, {struck}: {error}");
            }
            else
            {
                Assert.True(error is null, $"call {call}, {struck}: {error}");
            }
        }
    }

    [Fact]
    public void After_a_sticky_error_every_run_throws_the_first_cause()
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        OpScene scene = OpCases.Named("linear 5x7->1").Make();
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options());
        cuda.Simulator.Faults.FailCall(1, CudaResult.IllegalAddress, sticky: true);
        CudaException first = Assert.Throws<CudaException>(() => scene.Run(session));
        Assert.Equal(CudaErrorKind.Sticky, first.Kind);
        Assert.Same(first, Assert.Throws<CudaException>(() => scene.Run(session)).InnerException);
    }

    [Theory]
    [InlineData("gemm.cuh", "            __syncthreads();\n            if (next", "            if (next", "conv2d 128->256 7x7 k3 s1 p1")]
    [InlineData("gemm.cuh", "copy_async_wait<AHEAD - 1>();", "copy_async_wait<AHEAD>();", "conv2d 128->256 7x7 k3 s1 p1")]
    [InlineData("gemm.cuh", "            copy_async_wait<AHEAD - 1>();\n", "", "conv2d 128->256 7x7 k3 s1 p1")]
    [InlineData("tile.cuh", "first + i * 8 < GEMM_ROWS ? output_row(first + i * 8) : -1;", "output_row(first + i * 8);", "conv2d 17->33 5x9 k1 s1 p0")]
    [InlineData("tile.cuh", "    __syncthreads(); // until then the memory holds rows\n", "", "conv2d 64->128 14x15 k3 s2 p1")]
    [InlineData("tile.cuh", "    __syncthreads();\n    const float2* from", "    const float2* from", "conv2d 128->256 7x7 k3 s1 p1")]
    [InlineData("conv2d.cuh", "(unsigned)(row.y + y) < (unsigned)IN_HEIGHT && ", "", "conv2d 32->16 14x14 k3 s1 p1")]
    [InlineData("mma.cuh", "\"r\"(a[1]), \"r\"(a[2])", "\"r\"(a[2]), \"r\"(a[1])", "conv2d 32->16 14x14 k3 s1 p1")]
    [InlineData("prelude.cuh", "\"f\"(high), \"f\"(low)", "\"f\"(low), \"f\"(high)", "bottleneck with a shared border")]
    [InlineData("attention.cu", "    __syncwarp();\n    float highest", "    float highest", "attention 50x196 width 128 heads 1")]
    [InlineData("linear.cu", "chunk += LANES", "chunk += LANES + 1", "linear 1x1152->63")]
    [InlineData("linear.cu", "    __syncthreads();\n", "", "linear 1x1152->63")]
    [InlineData("separable.cu", "        __syncthreads();\n        multiply_step", "        multiply_step", "separable 1x300->130 7x7 k3 s1 d1")]
    [InlineData("separable.cu", "line * STRIDE - PAD_TOP : -IN_HEIGHT", "line * STRIDE : -IN_HEIGHT", "separable 1x40->41 17x20 k3 s1 d2")]
    [InlineData("separable.cu", "max(line, 0)", "max(line + 1, 0)", "separable 1x37->70 9x15 k5 s2 d1")]
    [InlineData("chain.cu", "    __syncthreads();\n    keep_zeros", "    keep_zeros", "chain 1x40->24->70->33 41x37 s1")]
    [InlineData("chain.cu", "        if (pass > 0) __syncthreads(); // until then the others may multiply\n", "", "chain 1x8->136->24->260 29x32 s1")]
    [InlineData("chain.cu", "    keep_zeros(memory);\n", "", "chain 1x40->24->70->33 41x37 s1")]
    [InlineData("chain.cu", "start += AHEAD", "start += AHEAD + 1", "chain 1x8->136->24->260 29x32 s1")]
    [InlineData("merged.cuh", "blockIdx.x - first", "blockIdx.x", "branches side by side")]
    [InlineData("merged.cuh", "block - row * grid_x", "block", "branches side by side")]
    [InlineData("depthwise.cu", "if (row >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;", "", "depthwise 24 14x14 k3 s1")]
    public void A_planted_defect_is_caught(string file, string sound, string defect, string name)
    {
        var sources = new Dictionary<string, string>(ProgramWriter.Sources);
        Assert.Contains(sound, sources[file]);
        sources[file] = sources[file].Replace(sound, defect, StringComparison.Ordinal);
        // Branches as stages of a walk would not be merged.
        using SimulatedCuda cuda = SimulatedCuda.Open(sources: sources, loneOps: true, switches: file == "merged.cuh" ? "walk=off" : "");
        using var reference = new ReferenceBackend();
        OpComparison? comparison = null;
        Exception? error = Record.Exception(() =>
            comparison = OpComparison.Run(OpCases.Named(name), cuda.Backend, reference, SimulatedCuda.Options(Precision.Float16)));
        Assert.True(error is CudaException { Kind: CudaErrorKind.Sticky } || comparison?.Error > 1e-5, $"{comparison}, {error}");
    }

    private static (long Calls, Exception? Error, string Struck) UseEverything(long failing, CudaResult failure, bool sticky)
    {
        using Simulator simulator = new(new SimulatorOptions { Sm = 86, Threads = 1 });
        CudaDriver driver = new(simulator.Table, "", loadsPtx: true);
        Assert.Null(driver.Start());
        CudaDevice device = driver.GetDevice(0);
        simulator.Faults.Reset();
        if (failing >= 0)
        {
            simulator.Faults.FailCall(failing, failure, sticky);
        }

        Exception? error = Record.Exception(() =>
        {
            using var backend = new CudaBackend(driver, new CudaBackendOptions { Device = device.Ordinal }, SimulatedCuda.Compiler("12.4"));
            OpScene scene = OpCases.Named("warp bilinear zero 0").Make();
            using Session session = scene.Open(backend, SimulatedCuda.Options(Precision.Float16));
            for (int i = 0; i < 4; i++)
            {
                scene.Run(session);
            }
        });
        Assert.True(simulator.Ledger.IsEmpty, $"call {failing}, {simulator.Faults.StruckCall}: left on the device: {simulator.Ledger}");
        return (simulator.Faults.Calls, error, simulator.Faults.StruckCall);
    }
}
