using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Checkpoints;

/// <summary>
/// Weights that mean nothing, made by <see cref="Synth"/>'s rule times a few gains that keep the networks alive: for
/// benchmarks without a licence (<c>--weights random:SEED</c>) and for the parity cases, which were made with them.
/// </summary>
internal static class StandInWeights
{
    /// <summary>The weights and tables of a system.</summary>
    /// <param name="system">Model id.</param>
    /// <param name="variant">Which manifest; null takes the system's default.</param>
    /// <param name="seed">Any text; parity cases use their name.</param>
    /// <param name="tables">The fixed tables under the names of a converted checkpoint; they also decide the sizes that
    /// depend on the mesh. Tensors given here are taken as they are.</param>
    /// <exception cref="ArgumentException">The system or variant is not known, or a table that is needed is missing.</exception>
    public static TensorMap Create(string system, string? variant, string seed, TensorMap tables)
    {
        variant ??= WeightManifest.VariantsOf(system).FirstOrDefault() ?? "default";
        WeightManifest manifest = WeightManifest.Load(system, variant);
        Dictionary<string, int> sizes = SizesOf(manifest, tables);
        var map = new TensorMap($"stand-in weights {system} {variant} {seed}");
        map.Metadata["handmesh.system"] = system;
        map.Metadata["handmesh.format"] = "1";
        map.Metadata["handmesh.variant"] = variant;
        map.Metadata["handmesh.sources"] = $"random:{seed}";
        foreach (ManifestEntry entry in manifest.Entries)
        {
            if (tables.TryGet(entry.Name, out Tensor? table))
            {
                map.Add(entry.Name, table);
            }
            else if (!entry.IsTable)
            {
                map.Add(entry.Name, Draw(system, seed, entry, sizes));
            }
            else if (!entry.IsOptional)
            {
                throw new ArgumentException($"{tables.Source} lacks the table '{entry.Name}' {entry.Expected(sizes)} of {system}", nameof(tables));
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

    private static Tensor Draw(string system, string seed, ManifestEntry entry, Dictionary<string, int> sizes)
    {
        int[] extents = new int[entry.Extents.Length];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = entry.Extents[axis].Value(sizes)
                ?? throw new ArgumentException($"the tables do not decide the shape {entry.Expected(sizes)} of '{entry.Name}'", nameof(sizes));
        }

        Tensor tensor = Synth.Tensor(seed, entry.Name, new Shape(extents));
        (float gain, float shift) = GainOf(system, entry.Name);
        if (gain != 1 || shift != 0)
        {
            foreach (ref float value in tensor.Span<float>())
            {
                value = (value * gain) + shift;
            }
        }

        return tensor;
    }

    /// <summary>The documented changes to the plain rule (the systems' parity READMEs).</summary>
    private static (float Gain, float Shift) GainOf(string system, string name) => system switch
    {
        // Mesh coordinates of order 1.
        "graphhand" when name == "net_feat_mesh.mesh_net.cl.3.weight" => (1 / 64f, 0),

        // Heat maps that are not flat, and graph layers whose sums over seven rows stay bounded.
        "handar" when name is "mesh_net.conv_x.0.weight" or "mesh_net.conv_y.0.weight" => (256, 0),
        "handar" when name == "mesh_net.conv_z_2.0.weight" => (16, 0),
        "handar" when name.StartsWith("gcn.", StringComparison.Ordinal) && name.EndsWith(".nn.0.weight", StringComparison.Ordinal) => (0.125f, 0),

        // Keypoints inside the feature map and a clamp that is reached.
        "handdgp" when name == "decoder2d.0.0.weight" => (2, 0),
        "handdgp" when name == "decoder2d.2.0.weight" => (0.5f, 0.0125f),
        "handdgp" when name == "decoder3d.final_layer.channel_layer.weight" => (0.25f, 0),
        "mobrecon" when name == "backbone.uv_reg.0.0.weight" => (10, 0),
        "mobrecon" when name == "backbone.uv_reg.2.0.weight" => (0.5f, 0.02f),

        // A mesh of hand-like size that depends on the image.
        "inceptiongraph" or "pixelaligned" when name.EndsWith(".norm.weight", StringComparison.Ordinal) => (2, 0),
        "inceptiongraph" when name is "mesh_decoder.head.weight" or "joint_mlp.fc2.weight" => (0.125f, 0),
        "pixelaligned" when name.EndsWith(".offset.weight", StringComparison.Ordinal) => (0.125f, 0),
        "pixelaligned" when name == "weak_camera.fc.weight" => (0.25f, 0),
        _ => (1, 0),
    };
}
