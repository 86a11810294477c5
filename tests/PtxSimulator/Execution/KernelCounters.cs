namespace PtxSimulator.Execution;

/// <summary>
/// What a kernel did, summed over its launches. Deterministic, so tests hold them as budgets.
/// Sectors are 32 bytes; a shared wavefront is one pass over the 32 banks.
/// </summary>
public sealed class KernelCounters
{
    /// <summary>Times the kernel was launched, graph replays included.</summary>
    public long Launches { get; internal set; }

    /// <summary>Blocks executed.</summary>
    public long Blocks { get; internal set; }

    /// <summary>Instructions issued, once per warp however many lanes took part.</summary>
    public long WarpInstructions { get; internal set; }

    /// <summary>Matrix multiply instructions.</summary>
    public long MatrixInstructions { get; internal set; }

    /// <summary>Warp-wide requests to shared memory, each ldmatrix being one and asynchronous copies not counted.</summary>
    public long SharedRequests { get; internal set; }

    /// <summary>Passes over the banks those requests need; a request of 4 bytes a lane without conflict takes one.</summary>
    public long SharedWavefronts { get; internal set; }

    /// <summary>Warp-wide requests to global memory, asynchronous copies included.</summary>
    public long GlobalRequests { get; internal set; }

    /// <summary>Sectors of 32 bytes those requests touch.</summary>
    public long GlobalSectors { get; internal set; }

    /// <summary>Bytes read from global memory, each lane counted.</summary>
    public long GlobalBytesRead { get; internal set; }

    /// <summary>Bytes written to global memory, each lane counted.</summary>
    public long GlobalBytesWritten { get; internal set; }

    /// <summary>Block-wide barriers, counted once per warp.</summary>
    public long Barriers { get; internal set; }

    /// <summary>Waits for the launch before (griddepcontrol.wait), counted once per warp.</summary>
    public long PredecessorWaits { get; internal set; }

    internal void Add(KernelCounters other)
    {
        Launches += other.Launches;
        Blocks += other.Blocks;
        WarpInstructions += other.WarpInstructions;
        MatrixInstructions += other.MatrixInstructions;
        SharedRequests += other.SharedRequests;
        SharedWavefronts += other.SharedWavefronts;
        GlobalRequests += other.GlobalRequests;
        GlobalSectors += other.GlobalSectors;
        GlobalBytesRead += other.GlobalBytesRead;
        GlobalBytesWritten += other.GlobalBytesWritten;
        Barriers += other.Barriers;
        PredecessorWaits += other.PredecessorWaits;
    }
}
