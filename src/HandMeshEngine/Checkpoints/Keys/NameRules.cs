namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>From the names in a system's released files to the names of its manifest.</summary>
internal sealed record NameRules
{
    // Left over from how a model was wrapped when it was saved (DataParallel, Lightning, a trainer class).
    private static readonly string[] _wrappers = ["module.", "model.", "network."];

    /// <summary>Names are those of the manifest, but for wrappers.</summary>
    public static NameRules None { get; } = new();

    /// <summary>The prefix that each file of a system takes if it is released as several bare state dicts.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [""];

    /// <summary>What the system's authors renamed.</summary>
    public Func<string, string> Rename { get; init; } = static name => name;

    /// <summary>The manifest's name for a name in a file; the name as it stands if no rule makes it a known one.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="part">The part that the file holds, one of <see cref="Parts"/>.</param>
    /// <param name="isKnown">Whether the manifest has or skips a name.</param>
    public string Canonical(string name, string part, Func<string, bool> isKnown)
    {
        for (string stripped = Rename(name); ;)
        {
            if (isKnown(part + stripped))
            {
                return part + stripped;
            }

            string? prefix = _wrappers.FirstOrDefault(wrapper => stripped.StartsWith(wrapper, StringComparison.Ordinal));
            if (prefix is null)
            {
                return part + stripped;
            }

            stripped = stripped[prefix.Length..];
        }
    }
}
