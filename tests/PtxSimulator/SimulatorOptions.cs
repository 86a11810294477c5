namespace PtxSimulator;

/// <summary>The pretended device and the way kernels and streams are executed.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Compute capability times ten: 75, 80, 86, 87, 89 or 90. Modules for a newer one are refused.</summary>
    public int Sm { get; init; } = 90;

    /// <summary>Number of multiprocessors.</summary>
    public int MultiprocessorCount { get; init; } = 132;

    /// <summary>Device memory in bytes; allocations beyond it fail with out-of-memory.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>Driver version, 1000 * major + 10 * minor.</summary>
    public int DriverVersion { get; init; } = 12040;

    /// <summary>Threads that execute the blocks of a grid; kernels with global atomics use one.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Last warp first and last block first: finds code that leans on an order nobody promised.</summary>
    public bool ReversedOrder { get; init; }

    /// <summary>
    /// Kernels are launched and counted but not executed: memory keeps what was in it. For tests of the driver calls round whole
    /// networks, which would take minutes.
    /// </summary>
    public bool SkipsKernels { get; init; }

    /// <summary>Check for unwritten reads and races; ranges and alignments are always checked.</summary>
    public bool CheckMemory { get; init; } = true;

    /// <summary>Check that no two kernels of a graph touch the same memory unless edges order them. Takes as much memory again, and time.</summary>
    public bool CheckOrder { get; init; }

    /// <summary>
    /// Null: work runs when it is enqueued. A seed: each stream queues its work, and waiting drains the queues in a random order
    /// that the events allow.
    /// </summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Instructions after which a warp counts as hung.</summary>
    public long InstructionLimit { get; init; } = 2_000_000_000;
}
