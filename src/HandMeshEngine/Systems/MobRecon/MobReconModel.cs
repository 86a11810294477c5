using HandMeshEngine.Systems.HandDgp;

namespace HandMeshEngine.Systems.MobRecon;

/// <summary>MobRecon around its network: the crop in, the registration to camera space out (docs/systems/mobrecon.md).</summary>
internal sealed class MobReconModel(IReadOnlyDictionary<string, Tensor> weights)
    : HandModel(weights, "faces", Table(weights, SpiralTables.SpiralKey(0)).Shape[0])
{
    private const double BoxScale = 1.3;

    private readonly float[] _vertices = new float[3 * Table(weights, SpiralTables.SpiralKey(0)).Shape[0]];
    private readonly float[] _joints = new float[3 * HandMesh.JointCount];

    /// <inheritdoc/>
    public override void Prepare(in HandView view, Session session, int item) =>
        WriteMatrix(session, "crop", item, CropOf(view).Inverted.ToMatrix());

    /// <inheritdoc/>
    public override void Finish(in HandView view, Session session, int item, HandMesh hand)
    {
        Affine2 crop = CropOf(view);
        Affine2 toImage = crop.Inverted;
        ReadOnlySpan<float> k = Item(session, "net.kpts2d", item, 2 * HandMesh.JointCount);
        ReadOnlySpan<float> joints = Item(session, "joints", item, 3 * HandMesh.JointCount);
        Span<Vector3d> points = stackalloc Vector3d[HandMesh.JointCount];
        Span<double> u = stackalloc double[HandMesh.JointCount];
        Span<double> v = stackalloc double[HandMesh.JointCount];
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            points[i] = new Vector3d(joints[3 * i], joints[(3 * i) + 1], joints[(3 * i) + 2]);
            u[i] = MobReconNetwork.Size * (double)k[2 * i];
            v[i] = MobReconNetwork.Size * (double)k[(2 * i) + 1];
            (double x, double y) = toImage.Apply(u[i], v[i]);
            hand.WritableKeypoints[i] = new Vector2((float)x, (float)y);
        }

        Registration root = MobReconRegistration.Solve(points, u, v, view.Camera.Cropped(crop));
        Shift(joints, 1, root.Translation, _joints);
        Shift(Item(session, "net.verts", item, _vertices.Length), MobReconNetwork.MetresPerUnit, root.Translation, _vertices);
        HandPlacement.Write(
            hand, Surface, _vertices, _joints, root.Translation, Matrix3d.Identity, view.Camera, root.Condition, PlacementFlags.None);
        double side = BoxCrop.Side(view.Box, view.Enlargement(BoxScale));
        hand.Crop = new Crop(view.Box.CenterX, view.Box.CenterY, side, side, 0);
    }

    /// <inheritdoc/>
    public override void Build(GraphBuilder g, int batch) => MobReconNetwork.Build(g, batch);

    private static Affine2 CropOf(in HandView view) => BoxCrop.Centred(view.Box, view.Enlargement(BoxScale), MobReconNetwork.Size);

    private static void Shift(ReadOnlySpan<float> points, double scale, Vector3d t, Span<float> to)
    {
        for (int i = 0; i < to.Length; i += 3)
        {
            to[i] = (float)((scale * points[i]) + t.X);
            to[i + 1] = (float)((scale * points[i + 1]) + t.Y);
            to[i + 2] = (float)((scale * points[i + 2]) + t.Z);
        }
    }
}
