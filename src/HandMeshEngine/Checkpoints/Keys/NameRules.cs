namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>From the names in a system's released files to the names of its manifest.</summary>
internal static class NameRules
{
    // Left over from how a model was wrapped when it was saved (DataParallel, Lightning, a trainer class).
    private static readonly string[] _prefixes = ["module.", "model.", "network."];

    /// <summary>The file prefixes of systems that come in several files, each a bare state dict; one empty prefix otherwise.</summary>
    public static IReadOnlyList<string> PartsOf(string system) =>
        system == "graphhand" ? ["", "net_hm.", "net_feat_mesh.", "net_mesh_pose."] : [""];

    /// <summary>The manifest's name for a name in a file; the name as it stands if no rule makes it a known one.</summary>
    /// <param name="system">Model id.</param>
    /// <param name="name">Name in the file.</param>
    /// <param name="part">The part that the file holds, see <see cref="PartsOf"/>.</param>
    /// <param name="isKnown">Whether the manifest has or skips a name.</param>
    public static string Canonical(string system, string name, string part, Func<string, bool> isKnown)
    {
        string candidate = system switch
        {
            // handdgp.md 6: every occurrence, not only the first.
            "handdgp" => name.Replace("model.", "", StringComparison.Ordinal),

            // Appendix A: files for the repository's older entry point.
            "mobrecon" => name.Replace("backbone.conv.0.", "backbone.reduce.0.", StringComparison.Ordinal),
            _ => name,
        };
        for (string stripped = candidate; ;)
        {
            if (isKnown(part + stripped))
            {
                return part + stripped;
            }

            string? prefix = _prefixes.FirstOrDefault(p => stripped.StartsWith(p, StringComparison.Ordinal));
            if (prefix is null)
            {
                return part + stripped;
            }

            stripped = stripped[prefix.Length..];
        }
    }
}
