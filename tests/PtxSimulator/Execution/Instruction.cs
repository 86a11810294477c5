namespace PtxSimulator.Execution;

/// <summary>What the main loop has to do about an instruction besides calling its handler.</summary>
internal enum Flow : byte
{
    /// <summary>Unguarded, falls through.</summary>
    Plain,
    Guarded,
    Branch,
    /// <summary>Guarded or not: <c>ret</c> of a kernel, <c>exit</c>, <c>trap</c>.</summary>
    Exit,
    /// <summary>Block-wide barrier.</summary>
    Barrier,
    /// <summary>Waits until every lane it names stands at it.</summary>
    Collective,
    /// <summary>Indexed branch through a table.</summary>
    BranchTable,
}

/// <summary>
/// One decoded instruction. Operands are byte offsets into a warp's register file: 32-bit rows take 128 bytes, 64-bit rows
/// 256, a predicate 4 (a bit per lane). 16-bit values live zero-extended in 32-bit rows.
/// </summary>
internal sealed unsafe class Instruction
{
    public delegate*<Warp, Instruction, uint, void> Execute;

    public Flow Flow;
    public bool GuardNegated;
    public MemorySpace Space;
    public bool SignExtends;

    /// <summary>Bytes of one element in memory.</summary>
    public byte Width;

    public int Guard = -1;
    public int D, A, B, C, E;
    public int Target;
    public long Immediate;

    /// <summary>Register offsets of a vector operand; several operands one behind the other for matrix instructions.</summary>
    public int[] Rows = [];

    /// <summary>For memory instructions: whether each of <see cref="Rows"/> is a 64-bit row.</summary>
    public bool WideRows;

    /// <summary>For memory instructions: whether the address register is a 64-bit row.</summary>
    public bool WideAddress;

    public required PtxStatement Statement { get; init; }
}

internal enum MemorySpace : byte
{
    Generic,
    Global,
    Shared,
    Local,
    Param,
    Const,
}

/// <summary>Values that a kernel reads as special registers and that differ by thread or block.</summary>
internal enum SpecialRegister : byte
{
    ThreadX,
    ThreadY,
    ThreadZ,
    BlockX,
    BlockY,
    BlockZ,
    BlockSizeX,
    BlockSizeY,
    BlockSizeZ,
    GridSizeX,
    GridSizeY,
    GridSizeZ,
    Lane,
    Warp,
    WarpCount,
    LaneMaskEqual,
    LaneMaskLess,
    LaneMaskLessEqual,
    LaneMaskGreater,
    LaneMaskGreaterEqual,
    DynamicSharedBytes,
    TotalSharedBytes,
    Multiprocessor,
    MultiprocessorCount,
    Zero,
}
