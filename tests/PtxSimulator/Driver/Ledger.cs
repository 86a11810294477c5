namespace PtxSimulator.Driver;

/// <summary>What is alive in the simulated driver; all zero after a clean shutdown.</summary>
public sealed record Ledger
{
    /// <summary>Device allocations.</summary>
    public int DeviceAllocations { get; init; }

    /// <summary>Bytes of device allocations and module variables.</summary>
    public long DeviceBytes { get; init; }

    /// <summary>Page-locked host allocations.</summary>
    public int HostAllocations { get; init; }

    /// <summary>Streams.</summary>
    public int Streams { get; init; }

    /// <summary>Events.</summary>
    public int Events { get; init; }

    /// <summary>Modules.</summary>
    public int Modules { get; init; }

    /// <summary>Captured graphs.</summary>
    public int Graphs { get; init; }

    /// <summary>Instantiated graphs.</summary>
    public int GraphExecutables { get; init; }

    /// <summary>References to the primary context.</summary>
    public int ContextReferences { get; init; }

    /// <summary>True where nothing is alive.</summary>
    public bool IsEmpty => this == new Ledger();
}
