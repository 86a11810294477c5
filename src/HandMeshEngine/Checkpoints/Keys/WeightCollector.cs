namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>
/// Collects the weights of a system from its checkpoint files under the manifest's names, strictly: everything missing,
/// mis-shaped or damaged is reported at once.
/// </summary>
internal static class WeightCollector
{
    /// <summary>Collects the weights.</summary>
    /// <param name="variants">The manifests of the system.</param>
    /// <param name="rules">From names in files to names of the manifests.</param>
    /// <param name="paths">The checkpoint files.</param>
    /// <param name="tables">Tables from elsewhere, which fill in for those that the checkpoint does not hold.</param>
    /// <param name="notices">Receives a sentence for each thing worth telling the user.</param>
    /// <param name="limits">What a file may ask for; null for the defaults.</param>
    /// <returns>The manifest of the variant found, and its tensors in the manifest's order.</returns>
    /// <exception cref="CheckpointException">A file is damaged, or the weights do not fit the system.</exception>
    public static (WeightManifest Manifest, TensorMap Weights) Collect(
        IReadOnlyList<WeightManifest> variants, NameRules rules, IReadOnlyList<string> paths, TensorMap tables, List<string> notices,
        CheckpointLimits? limits = null)
    {
        var sources = new List<CheckpointSource>();
        try
        {
            sources.AddRange(paths.Select(path => CheckpointSource.Open(path, limits)));
            return Collect(variants, rules, sources, tables, notices);
        }
        finally
        {
            foreach (CheckpointSource source in sources)
            {
                source.Dispose();
            }
        }
    }

    /// <summary>Collects the weights from opened files.</summary>
    /// <exception cref="CheckpointException">A file is damaged, or the weights do not fit the system.</exception>
    public static (WeightManifest Manifest, TensorMap Weights) Collect(
        IReadOnlyList<WeightManifest> variants,
        NameRules rules,
        IReadOnlyList<CheckpointSource> sources,
        TensorMap tables,
        List<string> notices)
    {
        // A name is known if any variant knows it; the variant is then told from the names found.
        HashSet<string> names = [.. variants.SelectMany(variant => variant.Entries).Select(entry => entry.Name)];
        bool IsKnown(string name) => names.Contains(name) || variants[0].Skips(name);

        var places = new Dictionary<string, (CheckpointSource Source, string Name)>(StringComparer.Ordinal);
        var unexpected = new List<string>();
        foreach (CheckpointSource source in sources)
        {
            List<string> unknown = Place(rules, source, IsKnown, names, places, notices);
            if (ManifestCheck.Notice(source.File, unknown) is { } notice)
            {
                notices.Add(notice);
            }

            unexpected.AddRange(unknown);
        }

        WeightManifest manifest = WeightManifest.Detect(variants, places.ContainsKey);
        var weights = new TensorMap(string.Join(", ", sources.Select(source => source.File)));
        foreach ((string key, string value) in sources.SelectMany(source => source.Metadata))
        {
            // A trainer's facts (a number of attention heads) belong to the weights; ours are written anew.
            if (!key.StartsWith(WeightMetadata.Prefix, StringComparison.Ordinal))
            {
                weights.Metadata[key] = value;
            }
        }

        List<string> notFinite = [];
        List<string> beyondHalf = [];
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (places.TryGetValue(entry.Name, out (CheckpointSource Source, string Name) place))
            {
                Tensor tensor = WeightValues.Computable(WithoutBatch(place.Source.Read(place.Name), entry));
                WeightValues.Inspect(entry.Name, tensor, notFinite, beyondHalf);
                weights.Add(entry.Name, tensor);
            }
            else if (tables.TryGet(entry.Name, out Tensor? table))
            {
                weights.Add(entry.Name, table);
            }
        }

        ManifestCheck.Require(weights, manifest, unexpected, notFinite);
        if (beyondHalf.Count > 0)
        {
            notices.Add($"{beyondHalf.Count} tensors hold values beyond the range of float16 ({beyondHalf[0]} is one): use --precision fp32");
        }

        return (manifest, weights);
    }

    // Notes where each known name lies; returns the tensors that nobody knows.
    private static List<string> Place(
        NameRules rules, CheckpointSource source, Func<string, bool> isKnown, HashSet<string> names,
        Dictionary<string, (CheckpointSource Source, string Name)> places, List<string> notices)
    {
        WrapperNames wrappers = WrapperNames.Find(
            source.Names, name => rules.Parts.Any(candidate => names.Contains(rules.Canonical(name, candidate, isKnown))));
        if (wrappers.Notice is { } notice)
        {
            notices.Add($"{source.File}: {notice}");
        }

        string part = rules.Parts.MaxBy(
            candidate => source.Names.Count(name => isKnown(rules.Canonical(wrappers.Bare(name), candidate, isKnown))))!;
        var unknown = new List<string>();
        foreach (string name in source.Names)
        {
            string canonical = rules.Canonical(wrappers.Bare(name), part, isKnown);
            if (names.Contains(canonical))
            {
                if (!places.TryAdd(canonical, (source, name)))
                {
                    throw new CheckpointException(source.File, $"this entry and another one both mean '{canonical}'", name);
                }
            }
            else if (!isKnown(canonical) && source.IsTensor(name) && !name.StartsWith("optim", StringComparison.Ordinal))
            {
                unknown.Add(name);
            }
        }

        return unknown;
    }

    // Some tables were saved repeated along a batch axis; all repetitions are equal. An axis of 1 in the manifest is one.
    private static Tensor WithoutBatch(Tensor tensor, ManifestEntry entry)
    {
        int axes = entry.Extents.Length;
        bool hasBatch = axes > 0 && entry.Extents[0] == new ManifestExtent(1, null);
        if (!entry.IsTable || tensor.Shape.Rank != (hasBatch ? axes : axes + 1) || tensor.Shape[0] == 0)
        {
            return tensor;
        }

        Shape shape = hasBatch ? tensor.Shape.With(0, 1) : new Shape(tensor.Shape.Extents[1..]);
        return new Tensor(tensor.Type, shape, tensor.Bytes[..(shape.Count * tensor.Type.Size())].ToArray());
    }
}
