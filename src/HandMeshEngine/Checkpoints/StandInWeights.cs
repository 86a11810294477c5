using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Checkpoints;

/// <summary>
/// Weights that mean nothing, made by <see cref="Synth"/>'s rule times a few gains that keep the networks alive: for
/// benchmarks without a licence (<c>--weights random:SEED</c>) and for the parity cases, which were made with them.
/// </summary>
internal static class StandInWeights
{
    /// <summary>The weights and tables of a system.</summary>
    /// <param name="manifest">What they consist of.</param>
    /// <param name="gainOf">What a tensor that is drawn is multiplied by and then shifted by, by name.</param>
    /// <param name="seed">Any text; parity cases use their name.</param>
    /// <param name="tables">The fixed tables under the names of a converted checkpoint; they also decide the sizes that
    /// depend on the mesh. Tensors given here are taken as they are.</param>
    /// <exception cref="ArgumentException">A table that is needed is missing or has another shape.</exception>
    public static TensorMap Create(
        WeightManifest manifest, Func<string, (float Gain, float Shift)> gainOf, string seed, TensorMap tables)
    {
        Dictionary<string, int> sizes = SizesOf(manifest, tables);
        var map = new TensorMap($"stand-in weights {manifest.System} {manifest.Variant} {seed}");
        map.Metadata[WeightMetadata.System] = manifest.System;
        map.Metadata[WeightMetadata.Format] = WeightMetadata.CurrentFormat;
        map.Metadata[WeightMetadata.Variant] = manifest.Variant;
        map.Metadata[WeightMetadata.Sources] = $"random:{seed}";
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (tables.TryGet(entry.Name, out Tensor? table))
            {
                map.Add(entry.Name, table);
            }
            else if (!entry.IsTable)
            {
                map.Add(entry.Name, Draw(gainOf, seed, entry, sizes));
            }
            else if (!entry.IsOptional)
            {
                throw new ArgumentException($"{tables.Source} lacks the table '{entry.Name}' {entry.Expected(sizes)} of {manifest.System}", nameof(tables));
            }
        }

        return map;
    }

    private static Dictionary<string, int> SizesOf(WeightManifest manifest, TensorMap tables)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (tables.TryGet(entry.Name, out Tensor? table) && !entry.Accepts(table.Shape, sizes))
            {
                throw new ArgumentException(
                    $"{tables.Source}: '{entry.Name}' is {table.Shape} where {entry.Expected(sizes)} is expected", nameof(tables));
            }
        }

        return sizes;
    }

    private static Tensor Draw(
        Func<string, (float Gain, float Shift)> gainOf, string seed, ManifestEntry entry, Dictionary<string, int> sizes)
    {
        int[] extents = new int[entry.Extents.Length];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = entry.Extents[axis].Value(sizes)
                ?? throw new ArgumentException($"the tables do not decide the shape {entry.Expected(sizes)} of '{entry.Name}'", nameof(sizes));
        }

        Tensor tensor = Synth.Tensor(seed, entry.Name, new Shape(extents));
        (float gain, float shift) = gainOf(entry.Name);
        if (gain != 1 || shift != 0)
        {
            foreach (ref float value in tensor.Span<float>())
            {
                value = (value * gain) + shift;
            }
        }

        return tensor;
    }
}
