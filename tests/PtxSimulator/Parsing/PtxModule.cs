namespace PtxSimulator.Parsing;

/// <summary>A module as written: variables and functions, nothing resolved yet.</summary>
internal sealed class PtxModule
{
    public string Version { get; set; } = "";

    public string Target { get; set; } = "";

    public List<PtxVariable> Variables { get; } = [];

    public Dictionary<string, PtxFunction> Functions { get; } = [];

    /// <summary>Source file names by the index that <c>.loc</c> uses.</summary>
    public Dictionary<int, string> Files { get; } = [];

    /// <summary>The <c>sm</c> number of <c>.target</c>, or 0 where none stands there.</summary>
    public int TargetSm
    {
        get
        {
            string digits = Target.StartsWith("sm_", StringComparison.Ordinal) ? Target[3..] : "";
            return int.TryParse(digits.TrimEnd('a', 'f'), out int sm) ? sm : 0;
        }
    }
}

/// <summary>A kernel (<c>.entry</c>) or a device function (<c>.func</c>).</summary>
internal sealed class PtxFunction
{
    public required string Name { get; init; }

    public required bool IsEntry { get; init; }

    public required int Line { get; init; }

    public List<PtxVariable> Returns { get; } = [];

    public List<PtxVariable> Parameters { get; } = [];

    /// <summary>Product of <c>.maxntid</c> or <c>.reqntid</c>, or 1024 where the kernel names none.</summary>
    public int MaxThreads { get; set; } = 1024;

    public bool IsDeclaration { get; set; }

    public List<PtxStatement> Body { get; } = [];
}

/// <summary>A variable in some state space, with its initial bytes where it has any.</summary>
internal sealed class PtxVariable
{
    public required string Name { get; init; }

    /// <summary>State space without its dot: param, shared, global, const or local.</summary>
    public required string Space { get; init; }

    public required int Line { get; init; }

    public int Alignment { get; set; } = 1;

    /// <summary>Size in bytes; 0 for an array of open length.</summary>
    public int Bytes { get; set; }

    public bool IsExtern { get; set; }

    public int ElementBytes { get; set; }

    /// <summary>Initial values in element order; each a number or the name of another variable.</summary>
    public List<PtxInitializer> Initializers { get; } = [];
}

/// <summary>One element of an initializer: a number, or the address of a variable (generic or in its own space) plus an offset.</summary>
internal readonly record struct PtxInitializer(ulong Value, string? Symbol);
