using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>What the weights of one variant of a system consist of.</summary>
/// <param name="System">Model id.</param>
/// <param name="Variant">For example <c>r50</c>, <c>dsconv</c> or <c>full</c>; <c>default</c> if the system has one only.</param>
/// <param name="Entries">Every tensor that the system knows, in the authors' order.</param>
/// <param name="Skipped">Name prefixes of tensors in the authors' files that inference does not use.</param>
internal sealed record WeightManifest(
    string System, string Variant, IReadOnlyList<ManifestEntry> Entries, IReadOnlyList<string> Skipped)
{
    /// <summary>The variants of a system, the default one first; empty for an unknown system.</summary>
    public static IReadOnlyList<string> VariantsOf(string system) => system switch
    {
        "mediapipe-hand" => ["full", "lite"],
        "handdgp" or "graphhand" or "handar" => ["default"],
        "mobrecon" => ["dsconv", "spiralconv"],
        "inceptiongraph" => ["r18", "r50"],
        "pixelaligned" => ["r50", "r18"],
        _ => [],
    };

    /// <summary>The manifest of a variant.</summary>
    /// <exception cref="ArgumentException">There is no such system or variant.</exception>
    public static WeightManifest Load(string system, string variant)
    {
        IReadOnlyList<string> variants = VariantsOf(system);
        if (!variants.Contains(variant))
        {
            throw new ArgumentException(variants.Count == 0
                ? $"there is no system '{system}'"
                : $"{system} has no variant '{variant}'; give one of {string.Join(", ", variants)}");
        }

        if (system == "mediapipe-hand")
        {
            return new WeightManifest(
                system, variant,
                [.. ConstantsOf("palm", $"palm-detection-{variant}"), .. ConstantsOf("hand", $"hand-landmark-{variant}")], []);
        }

        string[] lines = EmbeddedText.Lines((variants.Count == 1 ? system : $"{system}-{variant}") + ".tensors");
        return new WeightManifest(
            system, variant,
            [.. lines.Where(line => line[0] != '-').Select(ManifestEntry.Parse)],
            [.. lines.Where(line => line[0] == '-').Select(line => line[1..])]);
    }

    /// <summary>The manifest of the variant that fits a set of names best: most names there, fewest missing.</summary>
    /// <exception cref="ArgumentException">There is no such system.</exception>
    public static WeightManifest Detect(string system, Func<string, bool> has)
    {
        IReadOnlyList<string> variants = VariantsOf(system);
        return variants.Count == 0
            ? Load(system, "default")
            : variants.Select(variant => Load(system, variant)).MaxBy(
                manifest => manifest.Entries.Where(entry => !entry.IsAdded).Sum(entry => has(entry.Name) ? 1 : -1))!;
    }

    /// <summary>The manifest of a converted file: the variant that its metadata names, else the one that fits best.</summary>
    /// <exception cref="ArgumentException">There is no such system.</exception>
    public static WeightManifest Of(string system, TensorMap weights) =>
        weights.Metadata.TryGetValue("handmesh.variant", out string? variant) && VariantsOf(system).Contains(variant)
            ? Load(system, variant)
            : Detect(system, weights.Contains);

    /// <summary>Whether a name is known to be of no use: batch counters and the heads that inference cuts off.</summary>
    public bool Skips(string name) =>
        name.EndsWith("num_batches_tracked", StringComparison.Ordinal)
        || Skipped.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<ManifestEntry> ConstantsOf(string part, string operators)
    {
        foreach (string line in EmbeddedText.Lines(operators + ".ops"))
        {
            string[] fields = line.Split(' ');
            string[] names = fields[1] == "PRELU" ? ["alpha"] : ["w", "b"];
            int constant = 0;
            for (int i = 2; i < fields.Length; i++)
            {
                // A weight is written as "#12 f16[32,5,5,3]".
                if (fields[i - 1][0] == '#' && fields[i].StartsWith("f16[", StringComparison.Ordinal))
                {
                    ManifestExtent[] extents = [.. fields[i][4..^1].Split(',').Select(ManifestExtent.Parse)];
                    yield return new ManifestEntry($"{part}.op{fields[0]}.{names[constant++]}", extents, false, false, false, false);
                }
            }
        }
    }
}
