namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>The arguments of a function that <see cref="RoundingWriter"/> writes: runs of floats to runs of bf16.</summary>
internal unsafe struct RoundedRows
{
    /// <summary>Where the fields lie.</summary>
    public const int FromAt = 0, ToAt = 8, RunsAt = 16, FromStepAt = 24, ToStepAt = 32;

    public float* From;

    public float* To;

    public nint Runs;

    /// <summary>Bytes from one run to the next.</summary>
    public nint FromStep;

    /// <summary>Likewise.</summary>
    public nint ToStep;
}
