using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.GraphHand;

/// <summary>Ge et al. (docs/systems/graphhand.md): stacked hourglass, Chebyshev graph convolutions, pose from the mesh.</summary>
internal sealed class GraphHandSystem : NetworkSystem
{
    // SHA-256 of the authors' template mesh (4.1), and the fingerprints of what is built from it (4.3): node permutation [1280],
    // position of every real vertex [954], faces without the stub [1892, 3].
    private const string PublishedTemplate = "e88cbfe409da8f6561e566d734d6551fd2a79b01f38d127b9af7c4af591b9bc9";
    private const string ReleasedPermutation = "9f9f589711fa9fcddf66459b163f42d365ac57ab45313c9a8a899d10fd2abf54";
    private const string ReleasedPositions = "613828ee04d26450efa40bc738ab5c0a42db4857e66049c0bddbca1b90a3a5f3";
    private const string ReleasedFaces = "36106fd796c64a42687de1769381d0e43f756cd5ede869b5fd1f136023222c9f";

    /// <inheritdoc/>
    public override string Id => "graphhand";

    /// <inheritdoc/>
    public override string Title => "Graph-CNN hand mesh and pose";

    /// <inheritdoc/>
    public override string Paper => "L. Ge et al., \"3D Hand Shape and Pose Estimation from a Single RGB Image\", CVPR 2019";

    /// <inheritdoc/>
    public override string Accuracy =>
        "authors' real set, mm: mesh 12.7; joints 11.9 measured by third parties with the released weights (root and scale given)";

    /// <inheritdoc/>
    public override string Speed => "19.9 ms on a GTX 1080: hourglass 12.6, mesh 4.7, pose 2.6";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("ge", "cs_joints", 11.93, "measured by third parties with the released weights"),
        new("ge", "pa_joints", 7.13, "measured by third parties with the released weights"),
        new("ge", "cs_vertices", 12.72, "on a mesh aligned in a way that is not published"),
    ];

    /// <inheritdoc/>
    public override string Terms => $"weights and template: {Licence}; neither comes with the engine";

    /// <inheritdoc/>
    public override int InputSize => GraphHandNetwork.Size;

    /// <inheritdoc/>
    public override Handedness TrainedHand => Handedness.Left;

    /// <inheritdoc/>
    public override SystemNeeds Needs => SystemNeeds.Camera | SystemNeeds.RootDepth | SystemNeeds.BoneLength;

    /// <inheritdoc/>
    internal override string Licence =>
        "Snap Inc., non-commercial research and education only; pass on only with the complete licence";

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("pose_depth", GraphHandChecks.Run) { Tables = static reference => reference.Prefixed("table.", except: "table.lmax") },
        new("decode.heatmaps", GraphHandUnitChecks.Run),
    ];

    /// <inheritdoc/>
    protected override NameRules Names { get; } = new() { Parts = ["", "net_hm.", "net_feat_mesh.", "net_mesh_pose."] };

    /// <inheritdoc/>
    internal override (float Gain, float Shift) GainOf(string tensor) => tensor switch
    {
        // Mesh coordinates of order 1.
        "net_feat_mesh.mesh_net.cl.3.weight" => (1 / 64f, 0),
        _ => (1, 0),
    };

    /// <inheritdoc/>
    internal override TensorMap SyntheticTables() => GraphHandTables.FromTemplate(SyntheticHand.ClosedTemplate().Faces).ToTensors();

    /// <inheritdoc/>
    protected override void AddTables(TensorMap tables, TableFiles files, List<string> notices)
    {
        if (files.Ready?.Contains("table.perm") == true)
        {
            return;
        }

        (string path, ObjFile template) = files.Use(files.Mesh, "the authors' template mesh data/0214_lowP_vn_g.0001.obj");
        FromFile.AddTo(tables, path, () => GraphHandTables.FromTemplate(template.ToMesh().Faces).ToTensors());
        ReleasedTables.Compare(
            path,
            PublishedTemplate,
            [
                (tables["table.perm"], ReleasedPermutation),
                (tables["table.perm_reverse"], ReleasedPositions),
                (tables["table.faces"], ReleasedFaces),
            ],
            notices);
    }

    /// <inheritdoc/>
    protected override HandModel CreateModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera) => new GraphHandModel(weights);
}
