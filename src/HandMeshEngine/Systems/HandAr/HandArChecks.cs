namespace HandMeshEngine.Systems.HandAr;

/// <summary>The cases of handar; tolerances from docs/systems/handar.md 8, and parity/handar/README.md.</summary>
internal static class HandArChecks
{
    private static readonly Expected _mesh = new("rough_mesh", new Tolerance(4e-3), new Tolerance(0.4, 0, 0.04));

    /// <summary>NAME: boxes, every stage, camera space from the stored mesh, and the chain.</summary>
    public static void Run(Checks c)
    {
        Geometry(c);
        c.Stage("sampling", ["net_input", "probe_points"], Probe, Close("probe_rgb", 1e-5) with { Value = "result" });
        c.Stage("joint_encoder", ["net_input"], (g, v) => HandArNetwork.JointEncoder(g, v[0]).C5, JointEncoder());
        c.Stage("joint_decoder", ["pose_c5"], (g, v) => HandArNetwork.JointDecoder(g, v[0]), JointDecoder());
        c.Stage("mesh_encoder", ["net_input", "joint_feat"], (g, v) => MeshEncoder(g, v).M5, MeshEncoder());
        c.Stage("mesh_heads", ["mesh_c5"], Heads, Heads());
        c.Stage("mesh_heads", ["heat_x", "heat_y", "heat_z"], (g, v) => HandArNetwork.RoughMesh(g, v[0], v[1], v[2]), Close("rough_mesh", 1e-4));
        c.Stage("features", ["net_input", "joint_feat", "rough_mesh"], Local, Close("gcn_local", 5e-4));
        c.Stage("features", ["mesh_c5"], (g, v) => HandArNetwork.GlobalFeature(g, HandArNetwork.GlobalMean(g, v[0])), Global());
        c.Stage("refine", ["gcn_local", "global_feat"], Refined, Close("gcn_head", 5e-5), Close("gcn_res3", 5e-5), Close("gcn_offset", 5e-5));
        CameraSpace(c);
        Chain(c);
    }

    private static void Geometry(Checks c)
    {
        HandView view = View(c);
        double side = BoxCrop.Side(view.Box, HandArModel.BoxScale);
        double[] box = [view.Box.CenterX - (side / 2), view.Box.CenterY - (side / 2), side, side];
        Affine2 m = HandArModel.CropOf(view);
        double[] matrix = [m.A, m.B, m.C, m.D, m.E, m.F];
        c.Host("crop", "box", i => box[i], Tolerance.OfMax(2e-6));
        c.Host("crop", "bb2img", i => matrix[i], Tolerance.OfMax(2e-6));
    }

    private static void CameraSpace(Checks c)
    {
        if (!c.Case.Tensors.TryGet("mesh_hm", out Tensor? mesh))
        {
            return;
        }

        HandView view = View(c);
        Affine2 crop = HandArModel.CropOf(view);
        double[] image = new double[mesh.Shape.Count], camera = new double[mesh.Shape.Count];
        for (int i = 0; i < image.Length; i += 3)
        {
            Vector3d seen = HandArModel.ToImage(new Vector3d(mesh[i], mesh[i + 1], mesh[i + 2]), crop);
            Vector3d p = HandArModel.ToCamera(seen, view.Camera, view.RootDepth!.Value);
            (image[i], image[i + 1], image[i + 2]) = (seen.X, seen.Y, seen.Z);
            (camera[i], camera[i + 1], camera[i + 2]) = (p.X, p.Y, p.Z);
        }

        c.Host("camera", "mesh_img", i => image[i], Tolerance.OfMax(1e-6));
        c.Host("camera", "mesh_cam", i => camera[i], new Tolerance(1e-6));
    }

    private static void Chain(Checks c) => c.Chain(
        new HandArModel(c.Weights),
        View(c),
        "image",
        [
            new Expected("net_input", new Tolerance(2e-4), new Tolerance(1e-3)),
            .. JointEncoder(), .. JointDecoder(), .. MeshEncoder(), .. Heads(),
            _mesh,
            Global(),
            new Expected("gcn_local", new Tolerance(5e-3), new Tolerance(0.4)),
            new Expected("gcn_offset", new Tolerance(2e-4), new Tolerance(0.05)),
            _mesh with { Tensor = "mesh_hm", Value = "mesh_hm" },
        ],
        hand =>
        {
            Tolerance tolerance = c.Tolerance(new Tolerance(2e-5), new Tolerance(2e-3, 0, 0.4e-3));
            c.Result("camera", "mesh_cam", i => hand.Vertices[i / 3][i % 3], tolerance);
            c.Result("camera", "joints_cam", i => hand.Joints[i / 3][i % 3], tolerance);
        });

    private static HandView View(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        Tensor box = stored["bbox"], camera = stored["intrinsics"];
        return new HandView(
            new Intrinsics(camera[0], camera[1], camera[2], camera[3]),
            new HandBox(box[0], box[1], box[2], box[3]),
            RootDepth: stored["root_depth"][0]);
    }

    private static Expected Close(string tensor, double tolerance) => new(tensor, new Tolerance(tolerance), Tolerance.OfMax(2e-2));

    private static Expected[] JointEncoder() => [new("pose_c5", new Tolerance(1e-4), new Tolerance(1e-2))];

    private static Expected[] JointDecoder() => [new("joint_feat", new Tolerance(2e-5), new Tolerance(1e-3))];

    private static Expected[] MeshEncoder() => [new("mesh_c5", new Tolerance(1e-4), new Tolerance(1e-2))];

    private static Expected[] Heads() =>
    [
        new("mesh_feat_x", new Tolerance(2e-6), new Tolerance(5e-4)),
        new("mesh_feat_y", new Tolerance(2e-6), new Tolerance(5e-4)),
        new("mesh_feat_z", new Tolerance(5e-5), new Tolerance(3e-3)),
        new("heat_x", new Tolerance(2e-3), new Tolerance(0.2)),
        new("heat_y", new Tolerance(2e-3), new Tolerance(0.2)),
        new("heat_z", new Tolerance(5e-4), new Tolerance(0.05)),
    ];

    private static Expected Global() => new("global_feat", new Tolerance(1e-4), new Tolerance(3e-3));

    private static (Value M2, Value M5) MeshEncoder(GraphBuilder g, Value[] v)
    {
        Value x1 = ResNet.Pool(g, ResNet.Stem(g, v[0], "pose_backbone"));
        return HandArNetwork.MeshEncoder(g, v[1], x1);
    }

    private static Value Heads(GraphBuilder g, Value[] v)
    {
        (Value x, Value y, Value z) = HandArNetwork.MeshHeads(g, v[0], HandArNetwork.GlobalMean(g, v[0]));
        return g.Concat(1, x, y, z);
    }

    private static Value Local(GraphBuilder g, Value[] v)
    {
        Value x0 = ResNet.Stem(g, v[0], "pose_backbone");
        Value m2 = MeshEncoder(g, v).M2;
        return HandArNetwork.LocalFeatures(g, Rows(g, v[2]), v[0], x0, ResNet.Pool(g, x0), m2);
    }

    private static Value Refined(GraphBuilder g, Value[] v) =>
        HandArNetwork.Refine(g, Rows(g, v[0]), g.Reshape(v[1], 1, g.ShapeOf(v[1]).Count));

    private static Value Probe(GraphBuilder g, Value[] v) => HandArNetwork.Sample(g, v[0], Rows(g, v[1]));

    // Cases store [V, C], the network computes [1, V, C].
    private static Value Rows(GraphBuilder g, Value x)
    {
        Shape shape = g.ShapeOf(x);
        return g.Reshape(x, 1, shape[0], shape[1]);
    }
}
