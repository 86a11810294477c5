namespace HandMeshEngine.Systems.HandAr;

/// <summary>
/// HandAR around its network: the extended box in (docs/systems/handar.md 2), from heat-map units to camera space out (5). The network
/// knows no absolute depth: it is the caller's, or follows from the length of a bone.
/// </summary>
internal sealed class HandArModel : HandModel
{
    /// <summary>How much a raw box grows to the square that the network sees (2).</summary>
    public const double BoxScale = 1.25;

    // Heat-map units to metres: 64 units are 0.3 m, the wrist at 32.
    private const double CentreBin = HandArNetwork.Bins / 2.0;
    private const double HalfDepth = 0.15;

    private readonly SparseMatrix _regressor;
    private readonly float[] _vertices;
    private readonly float[] _joints = new float[3 * HandMesh.JointCount];
    private readonly Vector3d[] _seen;

    /// <summary>The system with its weights, <c>faces</c> and <c>joint_regressor</c>.</summary>
    public HandArModel(IReadOnlyDictionary<string, Tensor> weights)
        : base(weights, "faces", Table(weights, "joint_regressor").Shape[1])
    {
        _regressor = SparseMatrix.FromDense(Table(weights, "joint_regressor"));
        _vertices = new float[3 * Surface.VertexCount];
        _seen = new Vector3d[Surface.VertexCount];
    }

    /// <summary>2: crop pixels to image pixels, bb2img.</summary>
    public static Affine2 CropOf(in HandView view) =>
        BoxCrop.Centred(view.Box, view.Enlargement(BoxScale), HandArNetwork.Size).Inverted;

    /// <summary>5: a row of mesh_hm as image pixel and depth relative to the wrist in metres.</summary>
    public static Vector3d ToImage(Vector3d p, in Affine2 cropToImage)
    {
        const double pixels = HandArNetwork.Size / (double)HandArNetwork.Bins;
        (double u, double v) = cropToImage.Apply(pixels * p.X, pixels * p.Y);
        return new Vector3d(u, v, ((p.Z / CentreBin) - 1) * HalfDepth);
    }

    /// <summary>5: an image point with relative depth, in the camera frame, metres.</summary>
    public static Vector3d ToCamera(Vector3d image, in Intrinsics camera, double rootDepth) =>
        camera.Ray(image.X, image.Y) * (image.Z + rootDepth);

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, CropOf(view).ToMatrix());

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        Affine2 cropToImage = CropOf(view);
        ReadOnlySpan<float> mesh = Item(session, "mesh_hm", item, _vertices.Length);
        for (int i = 0; i < _seen.Length; i++)
        {
            _seen[i] = ToImage(new Vector3d(mesh[3 * i], mesh[(3 * i) + 1], mesh[(3 * i) + 2]), cropToImage);
        }

        double root = view.RootDepth ?? RootDepth.FromBone(
            Joint(RootDepth.BoneStart, view.Camera), Joint(RootDepth.BoneEnd, view.Camera), view.BoneLength ?? RootDepth.NominalBone);
        for (int i = 0; i < _seen.Length; i++)
        {
            ToCamera(_seen[i], view.Camera, root).CopyTo(_vertices, i);
        }

        Vector3d wrist = default;
        for (int j = 0; j < HandMesh.JointCount; j++)
        {
            (Vector3d a, Vector3d b) = Joint(j, view.Camera);
            Vector3d p = (a * root) + b;
            wrist = j == 0 ? p : wrist;
            hand.WritableKeypoints[j] = view.Camera.Project(p);
            p.CopyTo(_joints, j);
        }

        HandPlacement.Write(
            hand,
            Surface,
            _vertices,
            _joints,
            wrist,
            Matrix3d.Identity,
            view.Camera,
            condition: 0,
            view.RootFlags);
        double side = BoxCrop.Side(view.Box, view.Enlargement(BoxScale));
        hand.Crop = new Crop(view.Box.CenterX, view.Box.CenterY, side, side, 0);
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => HandArNetwork.Build(g, batch);

    /// <summary>Joint j at root depth z lies at A z + B: the regressor's mix of its vertices' rays and of rays times dz.</summary>
    private (Vector3d A, Vector3d B) Joint(int joint, in Intrinsics camera)
    {
        Vector3d a = default, b = default;
        ReadOnlySpan<int> vertices = _regressor.ColumnsOf(joint);
        ReadOnlySpan<double> weights = _regressor.ValuesOf(joint);
        for (int k = 0; k < vertices.Length; k++)
        {
            Vector3d seen = _seen[vertices[k]];
            Vector3d ray = camera.Ray(seen.X, seen.Y) * weights[k];
            a += ray;
            b += ray * seen.Z;
        }

        return (a, b);
    }
}
