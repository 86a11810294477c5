using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.HandAr;

/// <summary>HandAR (docs/systems/handar.md): joints, mesh as lixels, and a graph network that refines it.</summary>
internal sealed class HandArSystem : NetworkSystem
{
    /// <inheritdoc/>
    public override string Id => "handar";

    /// <inheritdoc/>
    public override string Title => "HandAR: joint, mesh and refine stage, aligned to the image";

    /// <inheritdoc/>
    public override string Paper =>
        "X. Tang, T. Wang, C.-W. Fu, \"Towards Accurate Alignment in Real-time 3D Hand-Mesh Reconstruction\", ICCV 2021";

    /// <inheritdoc/>
    public override string Accuracy =>
        "FreiHAND, cm, Procrustes-aligned: joints 0.71 / vertices 0.71 (root depth given); hand mIoU 92.9";

    /// <inheritdoc/>
    public override string Speed => "39.1 frames per second on an RTX 2080 Ti, without the segmentation and joint heads";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("freihand", "pa_joints", 7.1),
        new("freihand", "pa_vertices", 7.1),
        new("freihand", "pa_f_5", 0.706),
        new("freihand", "pa_f_15", 0.977),
        new("freihand", "iou", 0.9286, "2000 held-out training images that are not named"),
        new("freihand", "pa_joints", 6.7, "trained with ObMan too"),
        new("freihand", "pa_vertices", 6.7, "trained with ObMan too"),
    ];

    /// <inheritdoc/>
    public override string Terms => Licence + "; weights are on the authors' Google Drive; neither comes with the engine";

    /// <inheritdoc/>
    public override int InputSize => HandArNetwork.Size;

    /// <inheritdoc/>
    public override SystemNeeds Needs => SystemNeeds.Camera | SystemNeeds.RootDepth;

    /// <inheritdoc/>
    internal override string Licence =>
        "weights: the authors state no licence, do not pass on; tables: MANO licence, non-commercial, do not pass on";

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
        [new("mesh_hm", HandArChecks.Run) { Tables = static reference => reference.Stored("faces", "joint_regressor") }];

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // Heat maps that are not flat, and graph layers whose sums over seven rows stay bounded.
        "mesh_net.conv_x.0.weight" or "mesh_net.conv_y.0.weight" => (256, 0),
        "mesh_net.conv_z_2.0.weight" => (16, 0),
        _ when tensor.StartsWith("gcn.", StringComparison.Ordinal) && tensor.EndsWith(".nn.0.weight", StringComparison.Ordinal) => (0.125f, 0),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables() => MeshTables.WithSynthetic(new TensorMap($"the synthetic tables of {Id}"));

    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices)
    {
        if (files.Ready?.Contains("joint_regressor") != true)
        {
            MeshTables.AddMano(tables, files);
        }
    }

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) => new HandArModel(weights);
}
