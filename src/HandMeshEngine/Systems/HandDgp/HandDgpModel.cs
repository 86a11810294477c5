namespace HandMeshEngine.Systems.HandDgp;

/// <summary>
/// HandDGP around its network: crop and rectification in (docs/systems/handdgp.md 2), camera-space hand out (3.6, 5). The rectified view
/// shows the 13 degrees around the optical axis only; <c>virtualCamera</c> turns a virtual camera to the box instead (2.3).
/// </summary>
internal sealed class HandDgpModel(IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera = false)
    : HandModel(weights, "faces", Table(weights, SpiralTables.SpiralKey(0)).Shape[0])
{
    // How much of the image around the box the first crop shows (2.1).
    private const double BoxScale = 1.3;

    private const double Half = HandDgpNetwork.Size / 2.0;

    private static readonly Intrinsics _canonical =
        new(HandDgpNetwork.CanonicalFocal, HandDgpNetwork.CanonicalFocal, Half, Half);

    /// <inheritdoc/>
    public override string ImageMatrix => virtualCamera ? "view" : "crop";

    /// <inheritdoc/>
    public override string? PlacedVertices => virtualCamera ? null : "out.verts_cs";

    /// <summary>2.1: image pixels to crop pixels.</summary>
    public static Affine2 CropOf(in HandView view) => BoxCrop.Centred(view.Box, view.Enlargement(BoxScale), HandDgpNetwork.Size);

    /// <summary>2.2: crop pixels to rectified pixels, T.</summary>
    public static Affine2 RectificationOf(in HandView view) =>
        view.Camera.Cropped(CropOf(view)).RectifiedTo(_canonical);

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item)
    {
        if (virtualCamera)
        {
            WriteMatrix(session, "view", item, Virtual(view).ToImage);
            return;
        }

        WriteMatrix(session, "crop", item, CropOf(view).Inverted.ToMatrix());
        WriteMatrix(session, "view", item, RectificationOf(view).Inverted.ToMatrix());
    }

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        ReadOnlySpan<float> root = Item(session, "out.root", item, 6); // t, valid, condition, residual
        ReadOnlySpan<float> k = Item(session, "net.kpts2d", item, 2 * HandMesh.JointCount);
        Matrix3d toCamera = virtualCamera ? Virtual(view).Rotation.Transposed : Matrix3d.Identity;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Vector3d ray = _canonical.Ray(HandDgpNetwork.Size * (double)k[2 * i], HandDgpNetwork.Size * (double)k[(2 * i) + 1]);
            hand.WritableKeypoints[i] = view.Camera.Project(toCamera * ray);
        }

        Item(session, "net.w", item, HandMesh.JointCount).CopyTo(hand.WritableConfidences);
        hand.HasJointConfidences = true;
        PlacementFlags flags = root[3] > 0 ? PlacementFlags.None : PlacementFlags.Degenerate;
        flags |= virtualCamera || IsSeen(view) ? PlacementFlags.None : PlacementFlags.OffAxis;
        HandPlacement.Write(
            hand,
            Surface,
            Item(session, "out.verts_cs", item, 3 * Surface.VertexCount),
            Item(session, "out.kpts_cs", item, 3 * HandMesh.JointCount),
            new Vector3d(root[0], root[1], root[2]),
            toCamera,
            view.Camera,
            root[4],
            flags);
        double side = BoxCrop.Side(view.Box, view.Enlargement(BoxScale));
        hand.Crop = new Crop(view.Box.CenterX, view.Box.CenterY, side, side, 0);
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => HandDgpNetwork.Build(g, batch, virtualCamera);

    /// <summary>Whether the box centre lies in the rectified view, which does not follow the box (2.3).</summary>
    private static bool IsSeen(in HandView view)
    {
        (double u, double v) = view.Camera.RectifiedTo(_canonical).Apply(view.Box.CenterX, view.Box.CenterY);
        return u >= 0 && u <= HandDgpNetwork.Size && v >= 0 && v <= HandDgpNetwork.Size;
    }

    private static (Matrix3d Rotation, Matrix3d ToImage) Virtual(in HandView view)
    {
        Matrix3d rotation = VirtualCamera.LookingAt(view.Camera, view.Box.CenterX, view.Box.CenterY, _canonical).Rotation;
        (double fx, double fy, double cx, double cy) = (view.Camera.Fx, view.Camera.Fy, view.Camera.Cx, view.Camera.Cy);
        Matrix3d toRay = new(1 / _canonical.Fx, 0, -Half / _canonical.Fx, 0, 1 / _canonical.Fy, -Half / _canonical.Fy, 0, 0, 1);
        Matrix3d toPixel = new(fx, 0, cx, 0, fy, cy, 0, 0, 1);
        return (rotation, toPixel * rotation.Transposed * toRay);
    }
}
