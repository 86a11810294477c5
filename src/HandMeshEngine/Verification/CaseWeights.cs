using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Estimation;
using HandMeshEngine.Meshes;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Verification;

/// <summary>The stand-in weights that a case was made with: drawn from its seed, with its stored tables and overrides.</summary>
internal static class CaseWeights
{
    private const string Override = "override.";

    /// <summary>Weights and tables; none for cases that need no network. The default system's are those that ship.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="seed">Draw the weights from this text instead of the case's seed.</param>
    public static TensorMap Of(ReferenceCase reference, string? seed = null)
    {
        if (reference.System == HandSystems.DefaultId)
        {
            return seed is null ? EstimatorWeights.LoadFinder() : EstimatorWeights.StandIn(HandSystems.Default, null, seed);
        }

        Dictionary<string, string> about = reference.Tensors.Metadata;
        string? variant = about.TryGetValue("backbone", out string? depth) ? "r" + depth
            : about.GetValueOrDefault("variant") ?? (reference.Name.Contains("spiralconv", StringComparison.Ordinal) ? "spiralconv" : null);
        TensorMap? tables = reference.Kind switch
        {
            CaseKind.HandDgp or CaseKind.MobRecon => HandDgp(reference),
            CaseKind.GraphHand => Prefixed(reference, "table."),
            CaseKind.HandAr => Stored(reference, "faces", "joint_regressor"),
            CaseKind.InceptionGraph => WithRegressor(Prefixed(reference, "graph."), reference, "depth_net.range", InceptionGraphTables.DefaultRange),
            CaseKind.PixelAligned => WithRegressor(Prefixed(reference, "mesh."), reference, "weak_camera.mean", PixelAlignedTables.DefaultCamera),
            _ => null,
        };
        if (tables is null)
        {
            return new TensorMap("no weights");
        }

        foreach ((string name, Tensor tensor) in reference.Tensors)
        {
            if (name.StartsWith(Override, StringComparison.Ordinal))
            {
                tables.Set(name[Override.Length..], tensor);
            }
        }

        return StandInWeights.Create(reference.System, variant, seed ?? reference.Seed, tables);
    }

    // Sparse rows become the checkpoint's dense matrices.
    private static TensorMap HandDgp(ReferenceCase reference)
    {
        TensorMap stored = reference.SharedTables();
        var tables = new TensorMap(stored.Source);
        for (int level = 0; level < HandDgpTables.Levels; level++)
        {
            int columns = stored[$"level{level + 1}.vertices"].Shape[0];
            var up = SparseMatrix.FromPaddedRows(stored[$"up{level}.col"], stored[$"up{level}.val"], columns);
            tables.Add($"decoder3d.up_transform.{level}", up.ToDense());
            tables.Add(HandDgpTables.SpiralKey(level), stored[HandDgpTables.SpiralKey(level)]);
        }

        Tensor regressor = stored["j_reg"];
        tables.Add("j_reg", regressor.Reshape(new Shape(1, regressor.Shape[0], regressor.Shape[1])));
        tables.Add("faces", stored["level0.faces"]);
        return tables;
    }

    private static TensorMap Prefixed(ReferenceCase reference, string prefix)
    {
        var tables = new TensorMap(reference.Tensors.Source);
        foreach ((string name, Tensor tensor) in reference.Tensors)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name != "table.lmax")
            {
                tables.Add(name, tensor);
            }
        }

        return tables;
    }

    // No case stores the constant, which a trainer may choose: the default is meant.
    private static TensorMap WithRegressor(TensorMap tables, ReferenceCase reference, string constant, Tensor value)
    {
        tables.Add("joint_regressor", reference.Tensors["joint_regressor"]);
        tables.Add(constant, value);
        return tables;
    }

    private static TensorMap Stored(ReferenceCase reference, params ReadOnlySpan<string> names)
    {
        var tables = new TensorMap(reference.Tensors.Source);
        foreach (string name in names)
        {
            tables.Add(name, reference.Tensors[name]);
        }

        return tables;
    }
}
