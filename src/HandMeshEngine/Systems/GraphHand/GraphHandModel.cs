namespace HandMeshEngine.Systems.GraphHand;

/// <summary>
/// Ge et al. around their network: the square crop in (docs/systems/graphhand.md 2), from (u, v, d) to camera space out (3.9). Depth and
/// scale of the root come from the caller; our additions for callers who do not know them are those of 5.4.
/// </summary>
internal sealed class GraphHandModel(IReadOnlyDictionary<string, Tensor> weights)
    : HandModel(weights, "table.faces", Table(weights, "table.perm_reverse").Shape[0])
{
    // A hand's box grows by this to the square that the network was trained on (2).
    private const double BoxScale = 1.33;

    private readonly float[] _vertices = new float[3 * Table(weights, "table.perm_reverse").Shape[0]];
    private readonly float[] _joints = new float[3 * HandMesh.JointCount];

    /// <summary>The square of whole pixels that is cropped: column, row and side.</summary>
    public static (int X, int Y, int Side) SquareOf(in HandView view)
    {
        HandBox box = view.Box;
        if (view.BoxIsCrop)
        {
            return ((int)box.X, (int)box.Y, (int)Math.Max(box.Width, box.Height));
        }

        double side = BoxCrop.Side(box, BoxScale);
        return ((int)(box.CenterX - (side / 2)), (int)(box.CenterY - (side / 2)), Math.Max((int)side, 1));
    }

    /// <summary>2.1: pixels of the input to pixels of the image.</summary>
    public static Affine2 CropOf(in HandView view)
    {
        (int x, int y, int side) = SquareOf(view);
        double ratio = (double)side / GraphHandNetwork.Size;
        double half = (0.5 * ratio) - 0.5;
        return new Affine2(ratio, 0, x + half, 0, ratio, y + half);
    }

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, CropOf(view).ToMatrix());

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        ReadOnlySpan<float> uv = Item(session, "joints_uv_conf", item, 3 * HandMesh.JointCount);
        ReadOnlySpan<float> depth = Item(session, "pose_depth", item, HandMesh.JointCount - 1);
        Span<Vector3d> uvd = stackalloc Vector3d[HandMesh.JointCount];
        for (int j = 0; j < HandMesh.JointCount; j++)
        {
            uvd[j] = new Vector3d(
                uv[3 * j] / GraphHandNetwork.Size, uv[(3 * j) + 1] / GraphHandNetwork.Size, j == 0 ? 0 : depth[j - 1]);
            hand.WritableConfidences[j] = uv[(3 * j) + 2];
        }

        hand.HasJointConfidences = true;
        double scale = view.BoneLength ?? RootDepth.NominalBone;
        double root = view.RootDepth ?? DepthOf(uvd, view, scale);
        for (int j = 0; j < HandMesh.JointCount; j++)
        {
            Vector3d p = ToCamera(uvd[j], view, root, scale);
            hand.WritableKeypoints[j] = view.Camera.Project(p);
            p.CopyTo(_joints, j);
        }

        ReadOnlySpan<float> mesh = Item(session, "mesh_uvd", item, _vertices.Length);
        for (int i = 0; i < Surface.VertexCount; i++)
        {
            ToCamera(new Vector3d(mesh[3 * i], mesh[(3 * i) + 1], mesh[(3 * i) + 2]), view, root, scale).CopyTo(_vertices, i);
        }

        HandPlacement.Write(
            hand,
            Surface,
            _vertices,
            _joints,
            ToCamera(uvd[0], view, root, scale),
            Matrix3d.Identity,
            view.Camera,
            condition: 0,
            view.RootFlags | (view.BoneLength is null ? PlacementFlags.SizeAssumed : PlacementFlags.None));
        (int x, int y, int side) = SquareOf(view);
        hand.Crop = new Crop(x + (side / 2.0), y + (side / 2.0), side, side, 0);
    }

    /// <summary>3.9: (u, v as fractions of the box, d) to the camera frame, in the unit of depth and scale.</summary>
    public static Vector3d ToCamera(Vector3d uvd, in HandView view, double rootDepth, double scale)
    {
        (int x, int y, int side) = SquareOf(view);
        double z = (uvd.Z * scale) + rootDepth;
        return view.Camera.Ray((uvd.X * side) + x, (uvd.Y * side) + y) * z;
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => GraphHandNetwork.Build(g, batch);

    // A joint lies at ray (z + d scale), so the bone of length scale tells z.
    private static double DepthOf(ReadOnlySpan<Vector3d> uvd, HandView view, double scale)
    {
        (Vector3d A, Vector3d B) Joint(Vector3d p)
        {
            Vector3d ray = ToCamera(p with { Z = 0 }, view, 1, 0);
            return (ray, ray * (p.Z * scale));
        }

        return RootDepth.FromBone(Joint(uvd[RootDepth.BoneStart]), Joint(uvd[RootDepth.BoneEnd]), scale);
    }
}
