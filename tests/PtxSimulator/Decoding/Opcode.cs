namespace PtxSimulator.Decoding;

/// <summary>
/// An opcode cut at its dots. Every part must be taken by the code that decodes it; one left over is an error, so that no
/// modifier is ever ignored by accident.
/// </summary>
internal sealed class Opcode
{
    private readonly List<string> _parts;
    private readonly PtxStatement _statement;

    public Opcode(PtxStatement statement)
    {
        _statement = statement;
        _parts = [.. statement.Name.Split('.')];
        Base = _parts[0];
        _parts.RemoveAt(0);
    }

    public string Base { get; }

    /// <summary>Takes a modifier if it is there.</summary>
    public bool Take(string part) => _parts.Remove(part);

    /// <summary>Takes the first of several alternatives that is there; null if none is.</summary>
    public string? TakeOneOf(params ReadOnlySpan<string> alternatives)
    {
        foreach (string part in alternatives)
        {
            if (_parts.Remove(part))
            {
                return part;
            }
        }
        return null;
    }

    /// <summary>Takes every modifier that the simulator may ignore: hints to caches, memory order, scope.</summary>
    public void Ignore(params ReadOnlySpan<string> modifiers)
    {
        foreach (string part in modifiers)
        {
            _parts.Remove(part);
        }
    }

    public void IgnoreHints() => _parts.RemoveAll(p => p.StartsWith("L1::", StringComparison.Ordinal) || p.StartsWith("L2::", StringComparison.Ordinal));

    /// <summary>Takes the last part, the type of most instructions.</summary>
    public string TakeType()
    {
        if (_parts.Count == 0)
        {
            throw Unknown("it names no type");
        }
        string type = _parts[^1];
        _parts.RemoveAt(_parts.Count - 1);
        return type;
    }

    public void DemandNothingLeft()
    {
        if (_parts.Count > 0)
        {
            throw Unknown($"modifier '.{string.Join('.', _parts)}'");
        }
    }

    public PtxFormatException Unknown(string? what = null) =>
        new(_statement.Line, $"not simulated{(what == null ? "" : $" ({what})")}: {_statement.Text}");
}
