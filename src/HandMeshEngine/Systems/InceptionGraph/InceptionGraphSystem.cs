using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>Inception Graph (docs/systems/inceptiongraph.md): spectral graph decoder and binned root depth.</summary>
internal sealed class InceptionGraphSystem : UnreleasedSystem
{
    /// <inheritdoc/>
    public override string Id => "inceptiongraph";

    /// <inheritdoc/>
    public override string Title => "Inception Graph: camera-space mesh by a spectral graph network and binned root depth";

    /// <inheritdoc/>
    public override string Paper =>
        "H. Li, P. P. K. Chan, Y. Zhou, \"3D Hand Mesh Recovery from Monocular RGB in Camera Space\", South China University of Technology, 2024";

    /// <inheritdoc/>
    public override string Accuracy =>
        "FreiHAND, mm: camera space 47.1 joints / 47.1 vertices, Procrustes-aligned 6.9 / 7.2 (ResNet-50); 49.2 / 49.3, 7.4 / 7.5 (ResNet-18)";

    /// <inheritdoc/>
    public override string Speed => "not stated; trained on one RTX 3090";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("freihand", "cs_joints", 49.2, "ResNet-18"),
        new("freihand", "cs_vertices", 49.3, "ResNet-18"),
        new("freihand", "pa_joints", 7.4, "ResNet-18"),
        new("freihand", "pa_vertices", 7.5, "ResNet-18"),
        new("freihand", "cs_joints", 47.1, "ResNet-50"),
        new("freihand", "cs_vertices", 47.1, "ResNet-50"),
        new("freihand", "pa_joints", 6.9, "ResNet-50"),
        new("freihand", "pa_vertices", 7.2, "ResNet-50"),
        new("rhd", "rr_joints.auc_20_50", 0.955),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = ["r18", "r50"];

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("graph.position", InceptionGraphChecks.Run)
        {
            Tables = static reference => MeshTables.OfCase(reference, "graph.", "depth_net.range", InceptionGraphTables.DefaultRange),
        },
    ];

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // A mesh of hand-like size that depends on the image.
        _ when tensor.EndsWith(".norm.weight", StringComparison.Ordinal) => (2, 0),
        "mesh_decoder.head.weight" or "joint_mlp.fc2.weight" => (0.125f, 0),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables()
    {
        TensorMap tables = InceptionGraphTables.Build(SyntheticHand.Mesh());
        tables.Add("depth_net.range", InceptionGraphTables.DefaultRange);
        return MeshTables.WithSynthetic(tables);
    }

    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices) =>
        MeshTables.AddOptional(tables, files, static (mesh, _) => InceptionGraphTables.Build(mesh));

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) =>
        new InceptionGraphModel(weights);
}
