namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>One extent of a tensor in a manifest: a number, or a number times a size that the mesh decides.</summary>
internal readonly record struct ManifestExtent(int Factor, string? Variable)
{
    /// <summary>Reads <c>64</c>, <c>V0</c> or <c>128*V4</c>.</summary>
    public static ManifestExtent Parse(string text)
    {
        int star = text.IndexOf('*');
        if (star >= 0)
        {
            return new ManifestExtent(int.Parse(text.AsSpan(0, star), CultureInfo.InvariantCulture), text[(star + 1)..]);
        }

        return char.IsAsciiDigit(text[0])
            ? new ManifestExtent(int.Parse(text, CultureInfo.InvariantCulture), null)
            : new ManifestExtent(1, text);
    }

    /// <summary>Whether a tensor may have this extent; a size seen for the first time is remembered.</summary>
    public bool Accepts(int extent, Dictionary<string, int> sizes)
    {
        if (Variable is null)
        {
            return extent == Factor;
        }

        if (sizes.TryGetValue(Variable, out int size))
        {
            return extent == (long)Factor * size;
        }

        if (extent == 0 || extent % Factor != 0)
        {
            return false;
        }

        sizes.Add(Variable, extent / Factor);
        return true;
    }

    /// <summary>The extent for known sizes, or null if the size is not known.</summary>
    public int? Value(IReadOnlyDictionary<string, int> sizes)
    {
        if (Variable is null)
        {
            return Factor;
        }

        return sizes.TryGetValue(Variable, out int size) ? checked(Factor * size) : null;
    }
}
