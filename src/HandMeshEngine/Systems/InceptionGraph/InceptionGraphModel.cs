namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>
/// Inception Graph around its network: the crop in (docs/systems/inceptiongraph.md 2), focal de-normalisation and camera space out (5).
/// </summary>
internal sealed class InceptionGraphModel : HandModel
{
    private readonly RelativeMesh _mesh;

    /// <summary>The system with its weights, <c>graph.*</c>, <c>faces</c> and <c>joint_regressor</c>.</summary>
    public InceptionGraphModel(IReadOnlyDictionary<string, Tensor> weights)
        : base(weights, "faces", Table(weights, "graph.position").Shape[0])
    {
        _mesh = new RelativeMesh(Table(weights, "joint_regressor"), Surface.VertexCount, InceptionGraphNetwork.MetresPerUnit);
    }

    /// <summary>5: the wrist in metres, seen at <paramref name="uv"/> (fractions of the crop) by the crop's camera.</summary>
    /// <param name="uv">x, y of joint 0.</param>
    /// <param name="normalisedDepth">Millimetres per crop pixel: depth over the mean focal length.</param>
    /// <param name="cropCamera">Intrinsics of the crop.</param>
    public static Vector3d Root(ReadOnlySpan<float> uv, float normalisedDepth, in Intrinsics cropCamera)
    {
        const double metresPerMillimetre = 1e-3;
        double z = normalisedDepth * Math.Sqrt(cropCamera.Fx * cropCamera.Fy) * metresPerMillimetre;
        return cropCamera.Ray(CmrCrop.Size * (double)uv[0], CmrCrop.Size * (double)uv[1]) * z;
    }

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, CmrCrop.ImageToCrop(view).Inverted.ToMatrix());

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        Affine2 crop = CmrCrop.ImageToCrop(view);
        Affine2 toImage = crop.Inverted;
        ReadOnlySpan<float> uv = Item(session, "uv", item, 2 * HandMesh.JointCount);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            (double u, double v) = toImage.Apply(CmrCrop.Size * (double)uv[2 * i], CmrCrop.Size * (double)uv[(2 * i) + 1]);
            hand.WritableKeypoints[i] = new Vector2((float)u, (float)v);
        }

        Vector3d root = Root(uv, Item(session, "depth_norm", item, 1)[0], view.Camera.Cropped(crop));
        _mesh.Place(Item(session, "mesh_rel", item, 3 * Surface.VertexCount), root);
        HandPlacement.Write(
            hand, Surface, _mesh.Vertices, _mesh.Joints, root, Matrix3d.Identity, view.Camera, condition: 0, PlacementFlags.None);
        hand.Crop = CmrCrop.Shown(view);
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => InceptionGraphNetwork.Build(g, batch);
}
