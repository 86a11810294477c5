using PtxSimulator.Driver;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Driver calls that fail under a whole estimator: while it opens, predicts, tracks, and closes.</summary>
[Collection("the machine's driver")]
public sealed class EstimatorFaultTests
{
    // All of some 33,000 calls take hours; HANDMESH_FAULT_STEP=1 tries every one.
    private static readonly int _step = int.Parse(Environment.GetEnvironmentVariable("HANDMESH_FAULT_STEP") ?? "8009");

    private static readonly byte[] _pixels = new byte[64 * 48 * 3];

    [Theory]
    [InlineData(CudaResult.OutOfMemory, false)]
    [InlineData(CudaResult.InvalidValue, false)]
    [InlineData(CudaResult.LaunchFailed, true)]
    [InlineData(CudaResult.IllegalAddress, true)]
    public void Whichever_driver_call_fails_it_is_told_nothing_leaks_and_the_next_estimator_works(CudaResult failure, bool sticky)
    {
        SimulatedCuda.Compiler("12.4");
        Environment.SetEnvironmentVariable("HANDMESH_NVRTC", Path.Combine(SimulatedCuda.Root, ".cache", "nvrtc", "12.4"));
        (long calls, Exception? none, _) = Use(-1, failure, sticky);
        Assert.Null(none);
        Assert.InRange(calls, 100, 100_000);
        for (long call = (int)failure * 977 % _step; call < calls; call += _step)
        {
            (_, Exception? error, string struck) = Use(call, failure, sticky);
            Assert.True(struck.Length > 0, $"call {call} was not reached");
            Assert.True(error is null or CudaException, $"call {call}, {struck}: {error}");
        }

        Assert.Null(Use(-1, failure, sticky).Error);
    }

    private static (long Calls, Exception? Error, string Struck) Use(long failing, CudaResult failure, bool sticky)
    {
        using Simulator simulator = new(new SimulatorOptions { Sm = 86, SkipsKernels = true, CheckMemory = false });
        CudaDriver.Use(simulator.Table, loadsPtx: true);
        simulator.Faults.Reset();
        if (failing >= 0)
        {
            simulator.Faults.FailCall(failing, failure, sticky);
        }

        Exception? error = Record.Exception(() =>
        {
            using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cuda", Variant = "lite" });
            HandResult result = estimator.CreateResult();
            var box = new PredictOptions { Box = new HandBox(8, 8, 32, 32) };
            Camera camera = Camera.Guess(64, 48);
            for (int i = 0; i < 3; i++)
            {
                estimator.Predict(new ImageView(_pixels, 64, 48, 64 * 3, PixelFormat.Rgb), camera, result, i == 0 ? null : box);
            }

            estimator.CreateTracker().Predict(new ImageView(_pixels, 64, 48, 64 * 3, PixelFormat.Rgb), camera, result);
        });
        (long calls, string struck) = (simulator.Faults.Calls, simulator.Faults.StruckCall);
        Assert.True(simulator.Ledger.IsEmpty, $"call {failing}, {struck}: left on the device: {simulator.Ledger}");
        return (calls, error, struck);
    }
}
