using HandMeshEngine.Compute.Backends.Cpu.Threads;
using HandMeshEngine.Compute.Planning.Sharing;

namespace HandMeshEngine.Compute.Backends.Cpu;

/// <summary>
/// Runs graphs on the processor with vector instructions and a fixed set of threads that its sessions share. A result does not
/// depend on the number of threads, down to the last bit; it may depend on the width of the processor's vectors.
/// </summary>
public sealed class CpuBackend : Backend
{
    // Networks of this size gain nothing from more, and each spins between steps.
    private const int MostThreads = 16;

    // The cut into tasks, and with it the tables, depends on the number of threads.
    private static readonly SharedPlans<(SimdLevel Level, int Threads, string Observed), ConstantStore> _plans = new();

    private readonly SimdLevel _level;
    private readonly WorkerPool _pool;
    private readonly bool _guarded;

    /// <summary>A backend with this many threads, the caller's included; 0 takes one per processor, at most 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public CpuBackend(int threads = 0)
        : this(threads, SimdLevels.Best, guarded: false)
    {
    }

    /// <summary>As above with a given vector width; <paramref name="guarded"/> puts guard bands around every buffer.</summary>
    internal CpuBackend(int threads, SimdLevel level, bool guarded)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _level = level;
        _guarded = guarded;
        _pool = new WorkerPool(ThreadsFor(threads));
    }

    /// <summary>How many threads a request means.</summary>
    internal static int ThreadsFor(int requested) => requested > 0 ? requested : Math.Min(Environment.ProcessorCount, MostThreads);

    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <inheritdoc/>
    public override string Description =>
        $"{_pool.Threads} {(_pool.Threads == 1 ? "thread" : "threads")}, {_level switch
        {
            SimdLevel.Vector512 => "AVX-512",
            SimdLevel.Vector256 => "AVX2",
            _ => "128-bit vectors",
        }}";

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pool.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A precision other than float32 is asked for.</exception>
    private protected override Session Compile(OpGraph graph, SessionOptions options)
    {
        if (options.Precision != Precision.Float32)
        {
            throw new NotSupportedException("the cpu backend computes in float32 only");
        }

        SharedPlan<ConstantStore> shared = _plans.Take((_level, _pool.Threads, string.Join('\n', options.Observe)), graph);
        try
        {
            return new CpuSession(shared, options, _level, _pool, _guarded);
        }
        catch
        {
            shared.Dispose();
            throw;
        }
    }
}
