namespace HandMeshEngine.Cases.Ops;

/// <summary>The cases of every op, sizes deliberately odd. Each file of cases registers itself when the program is loaded.</summary>
public static class OpCases
{
    private static readonly List<Func<IEnumerable<OpCase>>> _sources = [];
    private static readonly Dictionary<Type, Func<IEnumerable<OpCase>>> _byOp = [];
    private static readonly Lazy<IReadOnlyList<OpCase>> _all =
        new(() => [.. _sources.SelectMany(cases => cases()).OrderBy(item => item.Name, StringComparer.Ordinal)]);

    /// <summary>All cases, by name.</summary>
    public static IReadOnlyList<OpCase> All => _all.Value;

    /// <summary>The case with this name.</summary>
    public static OpCase Named(string name) => All.First(item => item.Name == name);

    /// <summary>The cases of one kind of op; none if it has no file of cases.</summary>
    public static IReadOnlyList<OpCase> Of(Type op) => _byOp.TryGetValue(op, out Func<IEnumerable<OpCase>>? cases) ? [.. cases()] : [];

    internal static void Add<TOp>(Func<IEnumerable<OpCase>> cases)
        where TOp : Op
    {
        _byOp.Add(typeof(TOp), cases);
        Add(cases);
    }

    internal static void Add(Func<IEnumerable<OpCase>> cases) => _sources.Add(cases);
}
