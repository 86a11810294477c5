using HandMeshEngine.Cases.Parity;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>
/// Stored cases on the simulated device, with the tolerances that each case's README gives for a precision. Derived classes take a
/// few systems each, so that they run side by side. HANDMESH_SIMULATE_ALL=1 runs whole networks in fp32 too (docs/verify.md).
/// </summary>
public abstract class CudaParity
{
    // The simulator does some hundred million multiply-adds a second in fp32.
    private static readonly long _float32Limit =
        EnvironmentVariables.Read("HANDMESH_SIMULATE_ALL") == "1" ? long.MaxValue : 100_000_000;

    /// <summary>Everything in fp16, whole networks included.</summary>
    private protected static void CheckHalf(string path, TensorMap? weights = null)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        string? failure = ParityRun.Failure(path, cuda.Backend, Precision.Float16, weights: weights);
        Assert.True(failure is null, failure);
    }

    /// <summary>Heads, decoders, solvers and other small stages in fp32; everything where it is asked for.</summary>
    private protected static void CheckSingle(string path)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open();
        string? failure = ParityRun.Failure(path, cuda.Backend, Precision.Float32, _float32Limit);
        Assert.True(failure is null, failure);
    }

    private protected static TheoryData<string> CasesOf(params ReadOnlySpan<string> systems)
    {
        var data = new TheoryData<string>();
        foreach (string system in systems)
        {
            foreach (string file in CaseFolders.Files(system))
            {
                data.Add(file);
            }
        }

        return data;
    }
}
