namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Memory that values of a plan live in: a place in the arena from its first to its last use, or a constant.</summary>
internal sealed unsafe class Block
{
    /// <summary>A block of the arena.</summary>
    public Block(long floats) => Floats = floats;

    /// <summary>A block over a constant.</summary>
    public Block(float* data, long floats)
    {
        Floats = floats;
        Data = data;
        IsConstant = true;
    }

    /// <summary>Floats that the block needs.</summary>
    public long Floats { get; }

    /// <summary>True if the block lies outside the arena.</summary>
    public bool IsConstant { get; }

    /// <summary>True if the content must stay from run to run, because a caller writes it.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>True if no memory of the arena is needed: a chain keeps some rows at a time in scratch memory.</summary>
    public bool IsScratch { get; private set; }

    /// <summary>The step that first touches it; -1 before any does.</summary>
    public int FirstStep { get; private set; } = -1;

    /// <summary>The step that last touches it.</summary>
    public int LastStep { get; private set; }

    /// <summary>Where the block lies; for a block of the arena set when that has been laid out.</summary>
    public float* Data { get; private set; }

    /// <summary>Where the block lies in the arena, in bytes.</summary>
    public long ArenaOffset { get; private set; }

    /// <summary>Extends the life of the block to a step.</summary>
    public void Touch(int step)
    {
        FirstStep = FirstStep < 0 ? step : Math.Min(FirstStep, step);
        LastStep = Math.Max(LastStep, step);
    }

    /// <summary>Takes the block out of the arena.</summary>
    public void MoveToScratch() => IsScratch = true;

    /// <summary>Puts the block in its place.</summary>
    public void PlaceAt(byte* arena, long offset)
    {
        ArenaOffset = offset;
        Data = (float*)(arena + offset);
    }
}
