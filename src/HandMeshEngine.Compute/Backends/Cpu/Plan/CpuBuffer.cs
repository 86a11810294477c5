using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Memory that values of a plan live in: a place in the arena from its first to its last use, or a constant.</summary>
internal sealed unsafe class CpuBuffer : PlanBuffer
{
    /// <summary>Memory of the arena; what callers write (<see cref="BufferKind.Input"/>) stays from run to run.</summary>
    public CpuBuffer(long floats, BufferKind kind = BufferKind.Arena)
        : base(kind, floats * sizeof(float)) => Floats = floats;

    /// <summary>A constant.</summary>
    public CpuBuffer(float* data, long floats)
        : base(BufferKind.Constant, floats * sizeof(float))
    {
        Floats = floats;
        Data = data;
    }

    /// <summary>Floats that it holds.</summary>
    public long Floats { get; }

    /// <summary>True if it needs no memory of the arena: some rows at a time lie in scratch memory.</summary>
    public bool IsScratch { get; private set; }

    /// <summary>The step that first touches it; -1 before any does.</summary>
    public int FirstStep { get; private set; } = -1;

    /// <summary>The step that last touches it.</summary>
    public int LastStep { get; private set; }

    /// <summary>Where it lies; in the arena, known once that has been laid out.</summary>
    public float* Data { get; private set; }

    /// <summary>Extends its life to a step.</summary>
    public void Touch(int step)
    {
        FirstStep = FirstStep < 0 ? step : Math.Min(FirstStep, step);
        LastStep = Math.Max(LastStep, step);
    }

    /// <summary>Takes it out of the arena.</summary>
    public void MoveToScratch() => IsScratch = true;

    /// <summary>Puts it in its place.</summary>
    public void PlaceAt(byte* arena, long offset)
    {
        Start = offset;
        Data = (float*)(arena + offset);
    }

    /// <inheritdoc/>
    public override string Describe(long offset) => IsScratch ? "rows" : base.Describe(offset);
}
