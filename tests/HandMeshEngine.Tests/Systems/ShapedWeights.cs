using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Systems;

/// <summary>Weights of zeros in the shapes of a manifest, for any mesh size: enough to build graphs.</summary>
internal static class ShapedWeights
{
    /// <summary>Every tensor of a variant for a mesh of these sizes (the manifest's names for them).</summary>
    public static Dictionary<string, Tensor> Of(string system, string variant, params ReadOnlySpan<(string Name, int Value)> sizes)
    {
        var known = new Dictionary<string, int>();
        foreach ((string name, int value) in sizes)
        {
            known.Add(name, value);
        }

        return Named.Manifest(system, variant).Entries.ToDictionary(entry => entry.Name, entry => new Tensor(
            entry.IsInteger ? DType.Int32 : DType.Float32,
            new Shape([.. entry.Extents.Select(extent => extent.Value(known)!.Value)])));
    }

    /// <summary>Replaces a face list of zeros by one triangle and its copies, which every mesh has.</summary>
    public static Dictionary<string, Tensor> WithFaces(this Dictionary<string, Tensor> weights, string key)
    {
        Shape shape = weights[key].Shape;
        weights[key] = Tensor.From(shape, [.. Enumerable.Range(0, shape.Count).Select(i => i % 3)]);
        return weights;
    }
}
