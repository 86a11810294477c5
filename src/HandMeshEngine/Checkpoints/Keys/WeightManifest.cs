namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>What the weights of one variant of a system consist of.</summary>
/// <param name="System">Id of the system.</param>
/// <param name="Variant">Name of the variant.</param>
/// <param name="Entries">Every tensor that the system knows, in the authors' order.</param>
/// <param name="Skipped">Name prefixes of tensors in the authors' files that inference does not use.</param>
internal sealed record WeightManifest(
    string System, string Variant, IReadOnlyList<ManifestEntry> Entries, IReadOnlyList<string> Skipped)
{
    /// <summary>Reads the lines of a <c>.tensors</c> file: an entry a line, or <c>-</c> and a prefix to skip.</summary>
    public static WeightManifest Parse(string system, string variant, IReadOnlyList<string> lines) => new(
        system,
        variant,
        [.. lines.Where(line => line[0] != '-').Select(ManifestEntry.Parse)],
        [.. lines.Where(line => line[0] == '-').Select(line => line[1..])]);

    /// <summary>Of a system's variants the one that fits a set of names best: most names there, fewest missing.</summary>
    public static WeightManifest Detect(IReadOnlyList<WeightManifest> variants, Func<string, bool> has) => variants.MaxBy(
        manifest => manifest.Entries.Where(entry => !entry.IsAdded).Sum(entry => has(entry.Name) ? 1 : -1))!;

    /// <summary>The manifest of a converted file: the variant that its metadata names, else the one that fits best.</summary>
    public static WeightManifest Of(IReadOnlyList<WeightManifest> variants, TensorMap weights) =>
        variants.FirstOrDefault(manifest => manifest.Variant == weights.Metadata.GetValueOrDefault(WeightMetadata.Variant))
        ?? Detect(variants, weights.Contains);

    /// <summary>Whether a name is known to be of no use: batch counters and the heads that inference cuts off.</summary>
    public bool Skips(string name) =>
        name.EndsWith("num_batches_tracked", StringComparison.Ordinal)
        || Skipped.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
