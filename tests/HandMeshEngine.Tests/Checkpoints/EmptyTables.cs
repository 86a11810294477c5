using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Checkpoints;

/// <summary>Tables of zeros with the sizes of a 778-vertex hand, where only names and shapes matter.</summary>
internal static class EmptyTables
{
    private static readonly Dictionary<string, int> _sizes = new()
    {
        ["V0"] = 778,
        ["V1"] = 389,
        ["V2"] = 195,
        ["V3"] = 98,
        ["V4"] = 49,
        ["V"] = 778,
        ["F"] = 1538,
        ["M"] = 80,
        ["P"] = 778,
        ["E0"] = 6970,
        ["E2"] = 1916,
        ["W0"] = 10,
        ["W2"] = 10,
        ["W4"] = 10,
        ["N1"] = 778,
        ["N2"] = 389,
        ["N3"] = 195,
        ["N4"] = 98,
        ["L"] = 9,
    };

    /// <summary>Every table that the manifest of a system names.</summary>
    public static TensorMap Of(string system, string? variant)
    {
        WeightManifest manifest = Named.Manifest(system, variant);
        var tables = new TensorMap("empty tables");
        foreach (ManifestEntry entry in manifest.Entries.Where(entry => entry.IsTable))
        {
            var shape = new Shape([.. entry.Extents.Select(extent => extent.Value(SizesOf(entry.Name))!.Value)]);
            tables.Add(entry.Name, new Tensor(entry.IsInteger ? DType.Int64 : DType.Float32, shape));
        }

        return tables;
    }

    /// <summary>The sizes that the manifest's names for them stand for.</summary>
    public static Dictionary<string, int> SizesOf(string tensor)
    {
        // inceptiongraph's V4 are nodes of a tree, handdgp's are vertices.
        bool isTree = tensor.StartsWith("graph.", StringComparison.Ordinal) || tensor.StartsWith("mesh_decoder.", StringComparison.Ordinal);
        return isTree ? new Dictionary<string, int>(_sizes) { ["V4"] = 61 } : _sizes;
    }
}
