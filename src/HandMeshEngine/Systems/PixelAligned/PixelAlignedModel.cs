namespace HandMeshEngine.Systems.PixelAligned;

/// <summary>
/// Pixel-Aligned around its network: the crop in (docs/systems/pixelaligned.md 2), weak perspective to camera space out (5). A checkpoint
/// without <c>weak_camera.*</c> gives a mesh that is aligned with the image but has no place in camera space (3.3).
/// </summary>
internal sealed class PixelAlignedModel : HandModel
{
    private readonly RelativeMesh _mesh;
    private readonly bool _hasCamera;
    private readonly int _heads = PixelAlignedNetwork.DefaultHeads;

    /// <summary>The system with its weights, <c>mesh.*</c>, <c>faces</c> and <c>joint_regressor</c>.</summary>
    /// <exception cref="GraphException">A table is missing, or the metadata's <c>heads</c> is no positive number.</exception>
    public PixelAlignedModel(IReadOnlyDictionary<string, Tensor> weights)
        : base(weights, "faces", Table(weights, "mesh.m1_spiral").Shape[0])
    {
        _mesh = new RelativeMesh(Table(weights, "joint_regressor"), Surface.VertexCount, PixelAlignedNetwork.MetresPerUnit);
        _hasCamera = weights.ContainsKey("weak_camera.fc.weight");
        if (weights is TensorMap { Metadata: var metadata } && metadata.TryGetValue("heads", out string? heads)
            && (!int.TryParse(heads, NumberStyles.None, CultureInfo.InvariantCulture, out _heads) || _heads == 0))
        {
            throw new GraphException($"the metadata give '{heads}' attention heads; give a positive number");
        }
    }

    /// <summary>5: the wrist in metres, from weak to full perspective; null unless the scale is positive and finite.</summary>
    /// <param name="weakCamera">Scale, tx, ty.</param>
    /// <param name="cropCamera">Intrinsics of the crop.</param>
    public static Vector3d? Root(ReadOnlySpan<float> weakCamera, in Intrinsics cropCamera)
    {
        double scale = weakCamera[0];
        double z = 2 * PixelAlignedNetwork.MetresPerUnit * Math.Sqrt(cropCamera.Fx * cropCamera.Fy) / (scale * CmrCrop.Size);
        Vector3d root = cropCamera.Ray(ToPixel(weakCamera[1]), ToPixel(weakCamera[2])) * z;
        return scale > 0 && root.IsFinite ? root : null;
    }

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, CmrCrop.ImageToCrop(view).Inverted.ToMatrix());

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        Affine2 crop = CmrCrop.ImageToCrop(view);
        ReadOnlySpan<float> relative = Item(session, "mesh_rel", item, 3 * Surface.VertexCount);
        ReadOnlySpan<float> weakCamera = _hasCamera ? Item(session, "weak_camera", item, 3) : [1, 0, 0];
        WriteKeypoints(hand, relative, weakCamera, crop.Inverted);

        Vector3d? root = _hasCamera ? Root(weakCamera, view.Camera.Cropped(crop)) : null;
        _mesh.Place(relative, root ?? default);
        HandPlacement.Write(
            hand,
            Surface,
            _mesh.Vertices,
            _mesh.Joints,
            root ?? default,
            Matrix3d.Identity,
            view.Camera,
            condition: 0,
            root is null ? PlacementFlags.Degenerate : PlacementFlags.None);
        hand.Crop = CmrCrop.Shown(view);
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => PixelAlignedNetwork.Build(g, batch, _heads);

    // The joints where the network sees them: weak perspective, which is what it was aligned with.
    private void WriteKeypoints(HandMesh hand, ReadOnlySpan<float> relative, ReadOnlySpan<float> weakCamera, in Affine2 toImage)
    {
        _mesh.Place(relative, default);
        ReadOnlySpan<float> joints = _mesh.Joints;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            double x = (weakCamera[0] * joints[3 * i] / PixelAlignedNetwork.MetresPerUnit) + weakCamera[1];
            double y = (weakCamera[0] * joints[(3 * i) + 1] / PixelAlignedNetwork.MetresPerUnit) + weakCamera[2];
            (double u, double v) = toImage.Apply(ToPixel(x), ToPixel(y));
            hand.WritableKeypoints[i] = new Vector2((float)u, (float)v);
        }
    }

    // -1 and 1 are the outer edges of the crop.
    private static double ToPixel(double position) => ((position + 1) * CmrCrop.Size / 2) - 0.5;
}
