using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.PixelAligned;

/// <summary>Pixel-Aligned (docs/systems/pixelaligned.md): a coarse-to-fine decoder that samples features where the mesh is seen.</summary>
internal sealed class PixelAlignedSystem : UnreleasedSystem
{
    /// <inheritdoc/>
    public override string Id => "pixelaligned";

    /// <inheritdoc/>
    public override string Title => "Pixel-Aligned: coarse-to-fine mesh decoder on pixel-aligned features";

    /// <inheritdoc/>
    public override string Paper => "anonymous, \"Pixel-Aligned Non-parametric Hand Mesh Reconstruction\", under review about 2022";

    /// <inheritdoc/>
    public override string Accuracy =>
        "FreiHAND, mm, Procrustes-aligned: joints 5.9 / vertices 6.0 (larger extractor than here); ResNet-18 with attention 7.5 / 7.7";

    /// <inheritdoc/>
    public override string Speed => "not stated; trained on an RTX 3090";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("freihand", "pa_joints", 5.9, "larger extractor than here"),
        new("freihand", "pa_vertices", 6.0, "larger extractor than here"),
        new("freihand", "pa_f_5", 0.766, "larger extractor than here"),
        new("freihand", "pa_f_15", 0.985, "larger extractor than here"),
        new("freihand", "pa_joints", 7.5, "ResNet-18"),
        new("freihand", "pa_vertices", 7.7, "ResNet-18"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = ["r50", "r18"];

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("mesh.init", PixelAlignedChecks.Run)
        {
            Tables = static reference => MeshTables.OfCase(reference, "mesh.", "weak_camera.mean", PixelAlignedTables.DefaultCamera),
        },
    ];

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // A mesh of hand-like size that depends on the image.
        _ when tensor.EndsWith(".norm.weight", StringComparison.Ordinal) => (2, 0),
        _ when tensor.EndsWith(".offset.weight", StringComparison.Ordinal) => (0.125f, 0),
        "weak_camera.fc.weight" => (0.25f, 0),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables()
    {
        TensorMap tables = PixelAlignedTables.Build(SyntheticHand.Mesh(), SyntheticHand.Joints()[0]);
        tables.Add("weak_camera.mean", PixelAlignedTables.DefaultCamera);
        return MeshTables.WithSynthetic(tables);
    }

    // The initial mesh is relative to the wrist, which only a regressor tells.
    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices) => MeshTables.AddOptional(
        tables,
        files,
        static (mesh, regressor) => regressor is null
            ? new TensorMap("no tables")
            : PixelAlignedTables.Build(mesh, MeshTables.Wrist(mesh, regressor)));

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) =>
        new PixelAlignedModel(weights);
}
