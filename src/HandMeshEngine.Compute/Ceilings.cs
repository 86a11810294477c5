using HandMeshEngine.Compute.Backends.Cpu;

namespace HandMeshEngine.Compute;

/// <summary>What a device can do at best, measured: the denominators of every "share of peak".</summary>
/// <param name="FlopsPerSecond">Two for each float32 multiply-add.</param>
/// <param name="BytesPerSecond">Read and written by a copy between arrays that no cache holds.</param>
public sealed record Ceilings(double FlopsPerSecond, double BytesPerSecond)
{
    /// <summary>Measures the processor; takes some tenths of a second. Other work on the machine lowers the result.</summary>
    /// <param name="threads">How many compute at once; 0 takes what <c>cpu</c> would.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static Ceilings OfProcessor(int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return ProcessorProbe.Measure(CpuBackend.ThreadsFor(threads));
    }
}
