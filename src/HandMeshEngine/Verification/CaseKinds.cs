using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.MobRecon;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Verification;

/// <summary>What a case checks.</summary>
internal enum CaseKind
{
    HandDgp,
    HandDgpTables,
    RootSolves,
    SpiralEdges,
    MobRecon,
    MobReconRegistration,
    GraphHand,
    GraphHandUnits,
    HandAr,
    InceptionGraph,
    PixelAligned,
    MediaPipeHand,
    MediaPipeHandClip,
}

/// <summary>Tells the kinds of cases apart by what they hold, so that any file name will do.</summary>
internal static class CaseKinds
{
    private static readonly (string Tensor, CaseKind Kind)[] _signs =
    [
        ("net.stack2_out", CaseKind.MobRecon),
        ("net.kpts2d", CaseKind.HandDgp),
        ("level0.spiral", CaseKind.HandDgpTables),
        ("kpts2d_px", CaseKind.RootSolves),
        ("spiral9", CaseKind.SpiralEdges),
        ("uv_px", CaseKind.MobReconRegistration),
        ("pose_depth", CaseKind.GraphHand),
        ("decode.heatmaps", CaseKind.GraphHandUnits),
        ("mesh_hm", CaseKind.HandAr),
        ("graph.position", CaseKind.InceptionGraph),
        ("mesh.init", CaseKind.PixelAligned),
        ("palm.raw_boxes", CaseKind.MediaPipeHand),
        ("world_raw", CaseKind.MediaPipeHandClip),
    ];

    /// <summary>The kind of a case, or null if it is none.</summary>
    public static CaseKind? Of(TensorMap tensors)
    {
        foreach ((string tensor, CaseKind kind) in _signs)
        {
            if (tensors.Contains(tensor))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The system that a kind belongs to.</summary>
    public static string SystemOf(CaseKind kind) => kind switch
    {
        CaseKind.MobRecon or CaseKind.MobReconRegistration => "mobrecon",
        CaseKind.GraphHand or CaseKind.GraphHandUnits => "graphhand",
        CaseKind.HandAr => "handar",
        CaseKind.InceptionGraph => "inceptiongraph",
        CaseKind.PixelAligned => "pixelaligned",
        CaseKind.MediaPipeHand or CaseKind.MediaPipeHandClip => HandSystems.DefaultId,
        _ => "handdgp",
    };
}
