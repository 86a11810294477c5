using HandMeshEngine.Compute.Backends.Cpu.Machine;
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
    private static readonly SharedPlans<(SimdLevel Level, int Threads, Precision Precision, string Observed), ConstantStore> _plans = new();

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

    /// <summary>For tests: behave as a system that lets no memory become executable.</summary>
    internal bool RefusesCode { get; init; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pool.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Fp16 is asked for, or bf16 where this machine cannot compute in it; the message says why.</exception>
    private protected override Session Compile(OpGraph graph, SessionOptions options)
    {
        RequirePrecision(options.Precision);
        SharedPlan<ConstantStore> shared = _plans.Take((_level, _pool.Threads, options.Precision, string.Join('\n', options.Observe)), graph);
        try
        {
            return new CpuSession(shared, options, _level, _pool, _guarded, RefusesCode);
        }
        catch
        {
            shared.Dispose();
            throw;
        }
    }

    private void RequirePrecision(Precision precision)
    {
        if (precision == Precision.Float16)
        {
            throw new NotSupportedException("the cpu backend computes in fp32 or bf16; fp16 needs cuda");
        }

        string? reason = precision != Precision.BFloat16 ? null
            : MachineFeatures.WhyNoBFloat16 ?? (_level == SimdLevel.Vector512 ? null : "this backend uses no AVX-512");
        if (reason is not null)
        {
            throw new NotSupportedException($"the cpu backend cannot compute in bf16 here, for {reason}; use fp32");
        }
    }
}
