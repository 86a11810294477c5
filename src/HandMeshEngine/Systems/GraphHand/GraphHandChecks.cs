namespace HandMeshEngine.Systems.GraphHand;

/// <summary>The cases of graphhand; tolerances from parity/graphhand/README.md.</summary>
internal static class GraphHandChecks
{
    // Metres in a centimetre: the authors' data are in centimetres, the engine computes in metres.
    private const double Centimetre = 0.01;

    /// <summary>NAME: tables, every stage, camera space from the stored network outputs, and the chain.</summary>
    public static void Run(Checks c)
    {
        Template(c);
        Crop(c);
        c.Stage("backbone", ["input"], (g, v) => Backbone(g, v[0]), [.. Backbone(), Network("feat")]);
        c.Stage("mesh", ["feat"], (g, v) => GraphHandNetwork.Mesh(g, v[0]), Mesh());
        c.Stage("pose", ["mesh_uvd_raw"], (g, v) => GraphHandNetwork.Pose(g, GraphHandNetwork.Masked(g, v[0])), Pose());
        c.Stage("joints", ["heatmap1"], (g, v) => Decoded(g, v[0]), Joints(c));
        CameraSpace(c);
        Chain(c);
    }

    private static void Template(Checks c)
    {
        string name = $"{c.Case.Name}.template.obj";
        if (!c.Case.Tensors.Contains("table.lmax") || !c.Case.IsBeside(name))
        {
            return;
        }

        using StreamReader text = File.OpenText(c.Case.Beside(name));
        GraphHandTables tables = GraphHandTables.FromTemplate(ObjFile.Read(text).Faces);
        foreach ((string table, Tensor built) in tables.ToTensors())
        {
            c.Host("tables", table, i => built[i], built.Type == DType.Float32 ? new Tolerance(1e-6) : Tolerance.Exact);
        }

        c.Host("tables", "table.lmax", tables.LargestEigenvalue, new Tolerance(1e-9));
    }

    // The 8-bit crop, undone from the network's input: exact.
    private static void Crop(Checks c)
    {
        if (c.Case.Image("image") is not { } image)
        {
            return;
        }

        c.Graph(
            "crop",
            "stage",
            g =>
            {
                Value x = GraphHandNetwork.Input(g, g.Image("image"), g.Input("crop", DType.Float64, 1, 3, 3));
                g.Output("crop_bgr", g.Scale(x, 255, 127.5f));
            },
            session => GraphHandModel.CropOf(View(c)).ToMatrix().CopyTo(session.Input<double>("crop")),
            image,
            [
                new Expected("crop_bgr", new Tolerance(1e-3), new Tolerance(0.1)) { Reorder = Expected.Planar },
                new Expected("input", new Tolerance(1e-6), new Tolerance(1e-3)),
            ]);
    }

    private static void CameraSpace(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        HandView view = View(c);
        (double depth, double scale) = (stored["root_xyz"][2], stored["pose_scale"][0]);
        if (stored.TryGet("mesh_uvd_raw", out Tensor? uvd))
        {
            int[] positions = c.Weights["table.perm_reverse"].ToInt32().Span<int>().ToArray();
            double[] mesh = Points(positions.Length, i =>
            {
                int at = 3 * positions[i];
                return GraphHandModel.ToCamera(new Vector3d(uvd[at], uvd[at + 1], uvd[at + 2]), view, depth, scale);
            });
            c.Host("camera", "mesh_xyz", i => mesh[i], Tolerance.OfMax(1e-6));
        }

        Tensor uv = stored["joints_uv"], depths = stored["pose_depth"];
        double[] joints = Points(HandMesh.JointCount, j => j == 0
            ? new Vector3d(stored["root_xyz"][0], stored["root_xyz"][1], depth)
            : GraphHandModel.ToCamera(
                new Vector3d(uv[2 * j] / GraphHandNetwork.Size, uv[(2 * j) + 1] / GraphHandNetwork.Size, depths[j - 1]), view, depth, scale));
        c.Host("camera", "joints_xyz", i => joints[i], Tolerance.OfMax(1e-6));
    }

    private static void Chain(Checks c) => c.Chain(
        new GraphHandModel(c.Weights),
        View(c),
        "image",
        [.. Backbone(), Network("feat"), .. Mesh(), .. Pose()],
        hand =>
        {
            Tolerance tolerance = c.Tolerance(Tolerance.OfMax(1e-4), Tolerance.OfMax(1e-2));
            Func<int, double> uv = UvLimits(c);
            double limit = tolerance.Limit(Comparing.Largest(c.Case.Tensors["joints_xyz"]));
            c.Result("camera", "mesh_xyz", i => hand.Vertices[i / 3][i % 3] / Centimetre, tolerance);

            // Joint 0 is the given root there, the heat map's wrist here; joints whose maximum may be a pixel off may be off by as much.
            HandView view = View(c);
            double x = view.Box.Width / GraphHandNetwork.Size / view.Camera.Fx, y = view.Box.Height / GraphHandNetwork.Size / view.Camera.Fy;
            Tensor stored = c.Case.Tensors["joints_xyz"];
            c.Result(
                "camera",
                "joints_xyz",
                i => hand.Joints[i / 3][i % 3] / Centimetre,
                tolerance,
                i => i < 3 ? double.PositiveInfinity : i % 3 == 2 || uv(i / 3 * 2) == 0 ? limit
                    : limit + (uv(i / 3 * 2) * (i % 3 == 0 ? x : y) * Math.Abs(stored[(i / 3 * 3) + 2])));
        });

    private static HandView View(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        Tensor box = stored["bbox"], camera = stored["cam_fxfyu0v0"];
        return new HandView(
            new Intrinsics(camera[0], camera[1], camera[2], camera[3]),
            new HandBox(box[0], box[1], box[2], box[3]),
            BoxIsCrop: true,
            RootDepth: stored["root_xyz"][2] * Centimetre,
            BoneLength: stored["pose_scale"][0] * Centimetre);
    }

    private static Value Backbone(GraphBuilder g, Value input)
    {
        (Value enc0, Value enc1, Value heatmap) = GraphHandNetwork.Hourglasses(g, GraphHandNetwork.Stem(g, input));
        return GraphHandNetwork.Encoder(g, heatmap, enc0, enc1);
    }

    private static Value Decoded(GraphBuilder g, Value heatmap)
    {
        Value joints = GraphHandNetwork.Decode(g, heatmap);
        g.Output("uv", g.Slice(joints, 2, 0, 2));
        g.Output("confidence", g.Slice(joints, 2, 2, 1));
        return joints;
    }

    private static Expected Network(string tensor) => new(tensor, Tolerance.OfMax(1e-4), Tolerance.OfMax(1e-2));

    private static Expected Map(string name) => Network($"{name}.ch8") with { Value = name, ChannelStep = 8 };

    private static Expected[] Backbone() =>
    [
        Map("stem"), Map("hg0"), Network("heatmap0"), Map("enc0"), Map("hg1"), Map("enc1"), Network("heatmap1"), Map("fuse"),
    ];

    private static Expected[] Mesh() => [Network("fc1"), Network("fc2"), Network("mesh_block0"), Network("mesh_uvd_raw")];

    private static Expected[] Pose() => [Network("pose_block0"), Network("pose_flat"), Network("pose_fc1"), Network("pose_depth")];

    private static Expected[] Joints(Checks c) =>
    [
        new("joints_uv", Tolerance.Exact, Tolerance.Exact) { Value = "uv", Limits = UvLimits(c) },
        Network("joints_conf") with { Value = "confidence" },
    ];

    // A maximum that clearly beats its neighbours is found exactly, one that beats all but them within a pixel, others anywhere.
    private static Func<int, double> UvLimits(Checks c)
    {
        Tensor margin = c.Case.Tensors["joints_uv_margin"], far = c.Case.Tensors["joints_uv_far_margin"];
        double largest = c.Case.Tensors.TryGet("heatmap1", out Tensor? heatmap) ? Comparing.Largest(heatmap) : Comparing.Largest(c.Case.Tensors["joints_conf"]);
        double unclear = 2 * c.Tolerance(default, Tolerance.OfMax(1e-2)).Limit(largest);
        return i => c.Precision != Precision.Float32
            ? (far[i / 2] > unclear ? 1 : double.PositiveInfinity)
            : margin[i / 2] > 1e-4 * largest ? 0 : far[i / 2] > 1e-4 * largest ? 1 : double.PositiveInfinity;
    }

    private static double[] Points(int count, Func<int, Vector3d> point)
    {
        double[] values = new double[3 * count];
        for (int i = 0; i < count; i++)
        {
            Vector3d p = point(i);
            (values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) = (p.X, p.Y, p.Z);
        }

        return values;
    }
}
