using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Systems;

/// <summary>
/// Stand-in weights with a sixteenth of the channels, on the synthetic hand: whole systems run on the reference backend in a
/// moment. The models take every width from the tensors.
/// </summary>
internal static class SmallWeights
{
    private const int Divisor = 16;

    /// <summary>Weights and tables of a system.</summary>
    public static Dictionary<string, Tensor> Of(string system, string variant = "default")
    {
        TensorMap tables = Named.Network(system).SyntheticTables();
        var sizes = new Dictionary<string, int>();
        WeightManifest manifest = Named.Manifest(system, variant);
        foreach (ManifestEntry entry in manifest.Entries.Where(entry => tables.Contains(entry.Name)))
        {
            entry.Accepts(tables[entry.Name].Shape, sizes);
        }

        return manifest.Entries.ToDictionary(
            entry => entry.Name,
            entry => tables.TryGet(entry.Name, out Tensor? table)
                ? table
                : Synth.Tensor("small", entry.Name, new Shape([.. entry.Extents.Select(extent => Width(entry.Name, extent, sizes))])));
    }

    private static int Width(string name, ManifestExtent extent, Dictionary<string, int> sizes)
    {
        int width = extent.Value(sizes)!.Value;
        return (extent.Variable, name, width) switch
        {
            (not null, _, _) => width,
            (_, "backbone.uv_reg.0.0.weight", 256) => width, // the pixels of a map
            (_, "gcn.head.conv.nn.0.weight", 902) => 3 + 3 + ((64 + 64 + 256 + 512) / Divisor),
            (_, "backbone.thrink2.0.weight", 152) => 24 + (128 / Divisor),
            _ => width >= 2 * Divisor && width % Divisor == 0 ? width / Divisor : width,
        };
    }
}
