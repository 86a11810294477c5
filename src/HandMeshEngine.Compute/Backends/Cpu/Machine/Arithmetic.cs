namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>What a register tile multiplies: 4 bytes of each operand at a step.</summary>
internal enum Arithmetic
{
    /// <summary>One float.</summary>
    Float32,

    /// <summary>A pair of bf16, whose two products are added to a float.</summary>
    BFloat16,
}
