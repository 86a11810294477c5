using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.MobRecon;

/// <summary>MobRecon (docs/systems/mobrecon.md): stacked encoder, spiral decoder, registration to camera space.</summary>
internal sealed class MobReconSystem : NetworkSystem
{
    // SHA-256 of HandMesh's template/j_reg.npy.
    private const string PublishedRegressor = "8de28f843240f88c836cd45104ae3203b0e8660180202ec8c44f926da42624bf";

    /// <inheritdoc/>
    public override string Id => "mobrecon";

    /// <inheritdoc/>
    public override string Title => "MobRecon: a small network and a registration to camera space";

    /// <inheritdoc/>
    public override string Paper =>
        "X. Chen et al., \"MobRecon: Mobile-Friendly Hand Mesh Reconstruction from Monocular Image\", CVPR 2022";

    /// <inheritdoc/>
    public override string Accuracy =>
        "FreiHAND, mm: Procrustes-aligned joints 6.9; camera space with a ResNet-50 backbone 50.2 joints / 50.3 vertices";

    /// <inheritdoc/>
    public override string Speed => "83 frames per second on an Apple A14";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("freihand", "pa_joints", 6.9),
    ];

    /// <inheritdoc/>
    public override string Terms => Licence + "; weights are on the authors' Google Drive; neither comes with the engine";

    /// <inheritdoc/>
    public override int InputSize => MobReconNetwork.Size;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = ["dsconv", "spiralconv"];

    /// <inheritdoc/>
    internal override string Licence =>
        "weights: the authors of HandMesh, whose code is MIT; tables: MANO licence, non-commercial, do not pass on";

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("net.stack2_out", MobReconChecks.Run)
        {
            Tables = SpiralTables.OfCase,
            Prefixes = ["mobrecon-dsconv-", "mobrecon-spiralconv-"],
        },
        new("uv_px", MobReconChecks.RunRegistration) { Prefixes = ["mobrecon-registration-"] },
    ];

    // docs/systems/mobrecon.md: files for the repository's older entry point.
    /// <inheritdoc/>
    protected override NameRules Names { get; } =
        new() { Rename = static name => name.Replace("backbone.conv.0.", "backbone.reduce.0.", StringComparison.Ordinal) };

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // Keypoints inside the feature map and a clamp that is reached.
        "backbone.uv_reg.0.0.weight" => (10, 0),
        "backbone.uv_reg.2.0.weight" => (0.5f, 0.02f),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables() => SpiralTables.Synthetic();

    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices)
    {
        if (SpiralTables.Add(tables, files, notices) is not ({ } path, var root))
        {
            return;
        }

        IReadOnlyList<object?> matrices = PickledTables.Items(PickledTables.Entry(root, "up_transform", path), path, "up_transform");
        for (int level = 0; level < Math.Min(matrices.Count, SpiralTables.Levels); level++)
        {
            tables.Add(SpiralTables.UpKey(level), PickledTables.Array(matrices[level], path, "up_transform").ToFloat32());
        }

        (string regressorPath, Tensor regressor) = files.Use(files.Regressor, "HandMesh's template/j_reg.npy");
        ReleasedTables.NoteUnlessPublished(regressorPath, PublishedRegressor, notices);
        tables.Add("j_reg", FromFile.Build(regressorPath, () => JointRegressors.FromManoOrder(regressor)));
    }

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) => new MobReconModel(weights);

    /// <inheritdoc/>
    protected override string? CaseVariant(ReferenceCase reference) =>
        base.CaseVariant(reference) ?? Variants.FirstOrDefault(variant => reference.Name.Contains(variant, StringComparison.Ordinal));
}
