namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>Compares a set of tensors with a manifest and reports every difference in one message.</summary>
internal static class ManifestCheck
{
    /// <summary>Checks the weights of a system.</summary>
    /// <param name="found">The tensors, under the manifest's names.</param>
    /// <param name="manifest">What is expected.</param>
    /// <param name="unexpected">Names in the file that the manifest does not know; nearest names are taken from them.</param>
    /// <param name="notFinite">Names of tensors with values that are infinite or not a number.</param>
    /// <exception cref="CheckpointException">A tensor is missing or has the wrong shape or element type; all are listed.</exception>
    public static void Require(TensorMap found, WeightManifest manifest, IReadOnlyList<string> unexpected, IReadOnlyList<string> notFinite)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        var missing = new List<string>();
        List<string> wrong = [.. notFinite.Select(name => $"'{name}' holds values that are not finite numbers")];
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (found.TryGet(entry.Name, out Tensor? tensor))
            {
                if (Problem(entry, tensor, sizes) is { } problem)
                {
                    wrong.Add(problem);
                }
            }
            else if (!entry.IsOptional || PartnerIsThere(entry, found))
            {
                missing.Add(entry.Name);
            }
        }

        if (missing.Count + wrong.Count > 0)
        {
            throw new CheckpointException(found.Source, Report(manifest, sizes, missing, wrong, unexpected));
        }
    }

    /// <summary>Checks a converted file of a system, whatever its variant.</summary>
    /// <param name="variants">The manifests of the system.</param>
    /// <param name="weights">The file.</param>
    /// <exception cref="CheckpointException">A tensor is missing or has the wrong shape or element type; all are listed.</exception>
    public static void RequireConverted(IReadOnlyList<WeightManifest> variants, TensorMap weights)
    {
        WeightManifest manifest = WeightManifest.Of(variants, weights);
        HashSet<string> known = [.. manifest.Entries.Select(entry => entry.Name)];
        Require(weights, manifest, [.. weights.Names.Where(name => !known.Contains(name))], []);
    }

    /// <summary>One sentence about tensors that are of no use, or null if there are none.</summary>
    public static string? Notice(string file, IReadOnlyList<string> unexpected)
    {
        const int shown = 8;
        if (unexpected.Count == 0)
        {
            return null;
        }

        string names = string.Join(", ", unexpected.Take(shown).Select(CheckpointException.Printable));
        string more = unexpected.Count > shown ? $" and {unexpected.Count - shown} more" : "";
        return $"{file}: {unexpected.Count} entries are not part of the system and were ignored: {names}{more}";
    }

    private static string? Problem(ManifestEntry entry, Tensor tensor, Dictionary<string, int> sizes)
    {
        if (!entry.Accepts(tensor.Shape, sizes))
        {
            return $"'{entry.Name}' is {tensor.Shape} where {entry.Expected(sizes)} is expected";
        }

        bool isInteger = tensor.Type is DType.Int64 or DType.Int32 or DType.Int16 or DType.Int8 or DType.UInt8;
        bool isFloat = tensor.Type is DType.Float32 or DType.Float16 or DType.Float64 or DType.BFloat16;
        return (entry.IsInteger ? isInteger : isFloat)
            ? null
            : $"'{entry.Name}' holds {tensor.Type} where {(entry.IsInteger ? "integers are" : "floats are")} expected";
    }

    // An optional layer is there as a whole or not at all.
    private static bool PartnerIsThere(ManifestEntry entry, TensorMap found)
    {
        int dot = entry.Name.LastIndexOf('.');
        return entry.Name[(dot + 1)..] switch
        {
            "weight" => found.Contains(entry.Name[..dot] + ".bias"),
            "bias" => found.Contains(entry.Name[..dot] + ".weight"),
            _ => false,
        };
    }

    private static string Report(
        WeightManifest manifest, Dictionary<string, int> sizes, List<string> missing, List<string> wrong, IReadOnlyList<string> unexpected)
    {
        var entries = manifest.Entries.ToDictionary(entry => entry.Name);
        var report = new StringBuilder();
        report.Append($"these are not the weights of {manifest.System} ({manifest.Variant}): ")
            .Append($"{missing.Count} tensors are missing, {wrong.Count} do not fit, {unexpected.Count} are unknown");
        var nearest = new NearestName(unexpected);
        foreach (string name in missing)
        {
            report.Append($"\n  missing: '{name}' {entries[name].Expected(sizes)}");
            if (nearest.Of(name) is { } similar)
            {
                report.Append($" (is it '{CheckpointException.Printable(similar)}'?)");
            }
        }

        foreach (string problem in wrong)
        {
            report.Append("\n  does not fit: ").Append(problem);
        }

        foreach (string name in unexpected)
        {
            report.Append($"\n  unknown: '{CheckpointException.Printable(name)}'");
        }

        return report.ToString();
    }
}
