namespace PtxSimulator.Parsing;

internal enum StatementKind
{
    Instruction,
    Label,
    Registers,
    Variable,
    /// <summary><c>.branchtargets</c>: the labels that the label before it stands for.</summary>
    BranchTargets,
    OpenScope,
    CloseScope,
}

/// <summary>The place in the CUDA source that a statement came from, as <c>.loc</c> tells it; line 0 where it tells nothing.</summary>
internal readonly record struct SourceLine(int File, int Line);

/// <summary>One statement of a function body.</summary>
internal sealed class PtxStatement
{
    public required StatementKind Kind { get; init; }

    public required int Line { get; init; }

    public SourceLine Source { get; init; }

    /// <summary>Full opcode with its dots; for a label its name; for registers their type without the dot.</summary>
    public string Name { get; init; } = "";

    /// <summary>Guard predicate, or null.</summary>
    public string? Guard { get; init; }

    public bool GuardNegated { get; init; }

    public IReadOnlyList<PtxOperand> Operands { get; init; } = [];

    /// <summary>For <see cref="StatementKind.Registers"/>: names with their counts (0 = one register of exactly that name).</summary>
    public IReadOnlyList<(string Name, int Count)> Registers { get; init; } = [];

    public PtxVariable? Variable { get; init; }

    /// <summary>The instruction as written, for messages.</summary>
    public string Text => $"{(Guard == null ? "" : $"@{(GuardNegated ? "!" : "")}{Guard} ")}{Name} {string.Join(", ", Operands)}".TrimEnd();
}

internal enum OperandKind
{
    /// <summary>A register, special register, variable or label.</summary>
    Name,
    Integer,
    /// <summary>Bits of a single (0f...).</summary>
    Single,
    /// <summary>Bits of a double (0d...).</summary>
    Double,
    Address,
    Vector,
    /// <summary><c>p|q</c>: two destinations.</summary>
    Pair,
    /// <summary>A parenthesised list (call arguments).</summary>
    List,
}

/// <summary>One operand as written.</summary>
internal sealed class PtxOperand
{
    public required OperandKind Kind { get; init; }

    public string Name { get; init; } = "";

    public ulong Bits { get; init; }

    /// <summary>For an address: the offset behind the base.</summary>
    public long Offset { get; init; }

    /// <summary>True for <c>!p</c>.</summary>
    public bool Negated { get; init; }

    public IReadOnlyList<PtxOperand> Items { get; init; } = [];

    public override string ToString() => Kind switch
    {
        OperandKind.Name => (Negated ? "!" : "") + Name,
        OperandKind.Integer => ((long)Bits).ToString(),
        OperandKind.Single => $"0f{Bits:X8}",
        OperandKind.Double => $"0d{Bits:X16}",
        OperandKind.Address => Offset == 0 ? $"[{Name}]" : $"[{Name}+{Offset}]",
        OperandKind.Vector => $"{{{string.Join(", ", Items)}}}",
        OperandKind.Pair => string.Join("|", Items),
        _ => $"({string.Join(", ", Items)})",
    };
}
