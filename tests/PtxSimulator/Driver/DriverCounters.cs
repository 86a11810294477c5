namespace PtxSimulator.Driver;

/// <summary>How often the driver was asked for what. Deterministic, so tests hold them as budgets.</summary>
public sealed class DriverCounters
{
    /// <summary>Driver calls of any kind.</summary>
    public long Calls { get; internal set; }

    /// <summary>Kernels executed, those of graphs included.</summary>
    public long Launches { get; internal set; }

    /// <summary>Kernels executed that were launched to overlap the one before them.</summary>
    public long OverlappingLaunches { get; internal set; }

    /// <summary>Graphs launched.</summary>
    public long GraphLaunches { get; internal set; }

    /// <summary>Copies from the host executed, those of graphs included.</summary>
    public long CopiesToDevice { get; internal set; }

    /// <summary>Copies to the host executed, those of graphs included.</summary>
    public long CopiesToHost { get; internal set; }

    /// <summary>Copies on the device executed, those of graphs included.</summary>
    public long CopiesOnDevice { get; internal set; }

    /// <summary>Memory fills executed, those of graphs included.</summary>
    public long Fills { get; internal set; }

    /// <summary>Bytes copied from the host.</summary>
    public long BytesToDevice { get; internal set; }

    /// <summary>Bytes copied to the host.</summary>
    public long BytesToHost { get; internal set; }

    /// <summary>Allocations of device memory.</summary>
    public long Allocations { get; internal set; }

    /// <summary>Allocations of page-locked host memory.</summary>
    public long HostAllocations { get; internal set; }

    /// <summary>Kernels that were told how much of an SM's memory they want shared.</summary>
    public long CarveoutsSet { get; internal set; }

    /// <summary>Modules loaded.</summary>
    public long ModuleLoads { get; internal set; }

    /// <summary>Events recorded that take the time, those of graphs included.</summary>
    public long TimedEvents { get; internal set; }

    /// <summary>Of those, the ones that are nodes of a graph.</summary>
    public long TimedEventsOfGraphs { get; internal set; }

    /// <summary>Waits of the host for a stream or an event.</summary>
    public long Synchronizations { get; internal set; }

    /// <summary>A copy that later work does not change.</summary>
    public DriverCounters Snapshot() => (DriverCounters)MemberwiseClone();
}
