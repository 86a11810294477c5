namespace PtxSimulator.Decoding;

/// <summary>A variable that code can address: its space and its address (or offset) there.</summary>
internal readonly record struct Symbol(MemorySpace Space, ulong Address);

/// <summary>Names visible in one pair of braces; inner scopes see the outer ones.</summary>
internal sealed class Scope(Scope? outer)
{
    public Scope? Outer { get; } = outer;

    public Dictionary<string, Register> Registers { get; } = [];

    public Dictionary<string, Symbol> Symbols { get; } = [];

    public Dictionary<string, int> Labels { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> BranchTables { get; } = [];

    public bool TryRegister(string name, out Register register)
    {
        for (var scope = this; scope != null; scope = scope.Outer)
        {
            if (scope.Registers.TryGetValue(name, out register))
            {
                return true;
            }
        }
        register = default;
        return false;
    }

    public bool TrySymbol(string name, out Symbol symbol)
    {
        for (var scope = this; scope != null; scope = scope.Outer)
        {
            if (scope.Symbols.TryGetValue(name, out symbol))
            {
                return true;
            }
        }
        symbol = default;
        return false;
    }

    public int? FindLabel(string name)
    {
        for (var scope = this; scope != null; scope = scope.Outer)
        {
            if (scope.Labels.TryGetValue(name, out int target))
            {
                return target;
            }
        }
        return null;
    }

    public IReadOnlyList<string>? FindBranchTable(string name)
    {
        for (var scope = this; scope != null; scope = scope.Outer)
        {
            if (scope.BranchTables.TryGetValue(name, out var labels))
            {
                return labels;
            }
        }
        return null;
    }
}
