namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>One tensor that a system knows.</summary>
/// <param name="Name">The authors' name.</param>
/// <param name="Extents">Its shape; some extents are decided by the mesh.</param>
/// <param name="IsOptional">The system works without it.</param>
/// <param name="IsTable">A fixed table and not a trained weight.</param>
/// <param name="IsAdded">Not in the authors' checkpoint; conversion adds it.</param>
/// <param name="IsInteger">Holds indices.</param>
internal sealed record ManifestEntry(
    string Name, ManifestExtent[] Extents, bool IsOptional, bool IsTable, bool IsAdded, bool IsInteger)
{
    /// <summary>Reads a manifest line: flags, name, extents.</summary>
    /// <remarks>Flags before the name: <c>?</c> optional, <c>=</c> table, <c>+</c> table added by conversion, <c>#</c> integers.</remarks>
    public static ManifestEntry Parse(string line)
    {
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string name = fields[0].TrimStart('?', '=', '+', '#');
        string flags = fields[0][..^name.Length];
        return new ManifestEntry(
            name,
            [.. fields.Skip(1).Select(ManifestExtent.Parse)],
            flags.Contains('?'),
            flags.Contains('=') || flags.Contains('+'),
            flags.Contains('+'),
            flags.Contains('#'));
    }

    /// <summary>Whether a shape fits; sizes seen for the first time are remembered if it does.</summary>
    public bool Accepts(Shape shape, Dictionary<string, int> sizes)
    {
        if (shape.Rank != Extents.Length)
        {
            return false;
        }

        var seen = new Dictionary<string, int>(sizes);
        for (int axis = 0; axis < Extents.Length; axis++)
        {
            if (!Extents[axis].Accepts(shape[axis], seen))
            {
                return false;
            }
        }

        foreach ((string variable, int size) in seen)
        {
            sizes[variable] = size;
        }

        return true;
    }

    /// <summary>The shape as text, for example <c>[21, 778 (V)]</c> once V is known and <c>[21, V]</c> before.</summary>
    public string Expected(IReadOnlyDictionary<string, int> sizes) =>
        "[" + string.Join(", ", Extents.Select(extent => (extent.Value(sizes), extent) switch
        {
            ({ } value, { Variable: null }) => $"{value}",
            ({ } value, { Factor: 1 }) => $"{value} ({extent.Variable})",
            ({ } value, _) => $"{value} ({extent.Factor} {extent.Variable})",
            (null, { Factor: 1 }) => extent.Variable,
            _ => $"{extent.Factor} {extent.Variable}",
        })) + "]";
}
