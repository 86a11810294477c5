namespace HandMeshEngine.Systems.HandDgp;

/// <summary>The cases of handdgp; tolerances from parity/handdgp/README.md.</summary>
internal static class HandDgpChecks
{
    private static readonly Tolerance _metres = new(1e-5);
    private static readonly Tolerance _crop16 = new(8, 0, 0.5);
    private static readonly Tolerance _vertices16 = new(3e-3, 0, 0.6e-3);

    /// <summary>NAME: crop, rectification, every stage, and the chain.</summary>
    public static void Run(Checks c)
    {
        Geometry(c);
        if (c.Case.Tensors.Contains("pre.crop"))
        {
            c.Stage("rectify", [], (g, _) => Rectified(g, c), Input());
        }

        c.Stage("backbone", ["pre.net_in"], (g, v) => HandDgpNetwork.Backbone(g, Normalised(g, v[0])), Backbone());
        c.Stage("keypoints", ["net.layer4"], (g, v) => HandDgpNetwork.Keypoints(g, v[0]), Network("net.latent2d"), Keypoints());
        c.Stage(
            "mesh",
            ["net.layer4", "net.kpts2d"],
            (g, v) => HandDgpNetwork.Vertices(g, v[0], v[1]),
            Mesh());
        c.Stage(
            "confidence",
            ["net.layer4", "net.kpts2d"],
            (g, v) => HandDgpNetwork.ConfidenceLogits(g, v[0], v[1]),
            Network("net.latent_w"),
            Network("net.w_feat"),
            Network("net.w_logits") with { Value = "result" });
        c.Stage("confidence", ["net.w_logits"], (g, v) => g.Sigmoid(v[0]), Network("net.w") with { Value = "result" });
        c.Stage("root", ["net.kpts2d", "net.verts", "net.w"], (g, v) => Root(g, v), Positions());
        c.Chain(
            new HandDgpModel(c.Weights),
            View(c),
            "input.image",
            [
                new Expected("pre.crop", Tolerance.Exact, _crop16) { Reorder = Expected.Planar },
                .. Backbone(),
                Network("net.latent2d"),
                Keypoints(),
                .. Mesh(),
                Network("net.latent_w"),
                Network("net.w"),
                .. Positions(),
            ]);
    }

    /// <summary>tables-NAME: spirals from faces and vertices.</summary>
    public static void RunTables(Checks c)
    {
        for (int level = 0; level < SpiralTables.Levels; level++)
        {
            string key = SpiralTables.SpiralKey(level);
            Spirals(c, $"level{level}.vertices", $"level{level}.faces", key);
        }
    }

    /// <summary>spiral-edge-NAME: a mesh in pieces, where the walk falls back to the nearest vertices.</summary>
    public static void RunSpiralEdges(Checks c) => Spirals(c, "vertices", "faces", "spiral9");

    /// <summary>dgp-NAME: the root solver alone, as the op and on the host.</summary>
    public static void RunRootSolves(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        Shape points = stored["kpts3d"].Shape;
        double[] answers = new double[3 * points[0]];
        double[] degenerate = new double[points[0]];
        var rays = new float[2 * points[0] * points[1]];
        var weights = new float[points[0] * points[1]];
        for (int n = 0; n < points[0]; n++)
        {
            RootSolution root = Solve(stored, n, rays, weights);
            degenerate[n] = root.IsDegenerate ? 1 : 0;
            (answers[3 * n], answers[(3 * n) + 1], answers[(3 * n) + 2]) = (root.Translation.X, root.Translation.Y, root.Translation.Z);
        }

        c.Host("root", "singular", i => degenerate[i], Tolerance.Exact);
        c.Host("root", "t", i => answers[i], new Tolerance(1e-9));
        c.Graph(
            "root",
            "stage",
            g =>
            {
                Value root = g.RootSolve(
                    g.Input("points", points.Extents), g.Input("rays", points[0], points[1], 2), g.Input("weights", points[0], points[1]));
                g.Output("t", g.Slice(root, 1, 0, 3));
                g.Output("singular", g.Scale(g.Slice(root, 1, 3, 1), -1, 1));
            },
            session =>
            {
                stored["kpts3d"].Span<float>().CopyTo(session.Input<float>("points"));
                rays.CopyTo(session.Input<float>("rays"));
                weights.CopyTo(session.Input<float>("weights"));
            },
            image: null,
            [
                new Expected("t", new Tolerance(1e-6), new Tolerance(1e-6)),
                new Expected("singular", Tolerance.Exact, Tolerance.Exact),
            ]);
    }

    private static void Geometry(Checks c)
    {
        if (!c.Case.Tensors.Contains("input.K"))
        {
            return;
        }

        HandView view = View(c);
        Affine2 crop = HandDgpModel.CropOf(view);
        Intrinsics seen = view.Camera.Cropped(crop);
        Affine2 t = HandDgpModel.RectificationOf(view);
        double[] a = [crop.A, crop.B, crop.C, crop.D, crop.E, crop.F];
        double[] k = [seen.Fx, 0, seen.Cx, 0, seen.Fy, seen.Cy, 0, 0, 1];
        double[] r = [t.A, t.B, t.C, t.D, t.E, t.F, 0, 0, 1];
        Tolerance rounding = Tolerance.OfMax(2e-6);
        c.Host("crop", "pre.A_crop", i => a[i], rounding);
        c.Host("crop", "pre.K_crop", i => k[i], rounding);
        c.Host("rectify", "pre.T", i => r[i], rounding);
    }

    private static Expected Network(string tensor) => new(tensor, new Tolerance(2e-4, 2e-4), Tolerance.OfMax(2e-2));

    private static Expected Input() => new("pre.net_in", new Tolerance(5e-5), new Tolerance(5e-3)) { Value = "result" };

    private static Expected[] Backbone() =>
    [
        .. Enumerable.Range(1, 3).Select(layer => Network($"net.layer{layer}_sub8") with { Value = $"net.layer{layer}", ChannelStep = 8 }),
        Network("net.layer4"),
    ];

    private static Expected Keypoints() => new("net.kpts2d", new Tolerance(2e-4, 2e-4), new Tolerance(1.0 / HandDgpNetwork.Size));

    private static Expected[] Mesh() =>
    [
        Network("net.latent3d"),
        Network("net.preprocess"),
        Network("net.sampled"),
        Network("net.lift"),
        Network("net.spiral0"),
        Network("net.spiral1"),
        Network("net.spiral2"),
        Network("net.spiral3"),
        new Expected("net.verts", new Tolerance(2e-4, 2e-4), new Tolerance(3e-3 / HandDgpNetwork.MetresPerUnit, 0, 0.6e-3 / HandDgpNetwork.MetresPerUnit)),
    ];

    private static Expected[] Positions() =>
    [
        new Expected("out.kpts_rel", _metres, _vertices16),
        new Expected("out.t", _metres, new Tolerance(4e-3)),
        new Expected("out.verts_cs", _metres, new Tolerance(7e-3)),
        new Expected("out.kpts_cs", _metres, new Tolerance(7e-3)),
    ];

    private static HandView View(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        Tensor box = stored["input.bbox"], k = stored["input.K"];
        return new HandView(new Intrinsics(k[0], k[4], k[2], k[5]), new HandBox(box[0], box[1], box[2], box[3]));
    }

    // pre.net_in is stored before mean and deviation.
    private static Value Normalised(GraphBuilder g, Value x) => g.Affine(
        x,
        g.Constant("scale", new Shape(3), 1 / HandDgpNetwork.Deviation.R, 1 / HandDgpNetwork.Deviation.G, 1 / HandDgpNetwork.Deviation.B),
        g.Constant(
            "shift",
            new Shape(3),
            -HandDgpNetwork.Mean.R / HandDgpNetwork.Deviation.R,
            -HandDgpNetwork.Mean.G / HandDgpNetwork.Deviation.G,
            -HandDgpNetwork.Mean.B / HandDgpNetwork.Deviation.B));

    private static Value Rectified(GraphBuilder g, Checks c)
    {
        Value crop = g.Constant("pre.crop", Expected.Planar(c.Case.Tensors["pre.crop"]));
        var matrix = new Tensor(DType.Float64, new Shape(1, 3, 3));
        HandView view = View(c);
        HandDgpModel.RectificationOf(view).Inverted.ToMatrix().CopyTo(matrix.Span<double>());
        Value x = HandDgpNetwork.Rectified(g, crop, g.Constant("T", matrix));
        return g.Affine(
            x,
            g.Constant("deviation", new Shape(3), HandDgpNetwork.Deviation.R, HandDgpNetwork.Deviation.G, HandDgpNetwork.Deviation.B),
            g.Constant("mean", new Shape(3), HandDgpNetwork.Mean.R, HandDgpNetwork.Mean.G, HandDgpNetwork.Mean.B));
    }

    private static Value Root(GraphBuilder g, Value[] values)
    {
        HandDgpNetwork.Root(g, values[0], values[1], values[2]);
        return values[0];
    }

    private static void Spirals(Checks c, string vertices, string faces, string spirals)
    {
        TensorMap stored = c.Case.Tensors;
        double[] positions = new double[stored[vertices].Shape.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = stored[vertices][i];
        }

        var mesh = new TriangleMesh(positions, stored[faces].ToInt32().Span<int>().ToArray());
        int[] built = Meshes.Spirals.Build(mesh, stored[spirals].Shape[1], SpiralOrder.OpenMesh);
        c.Host("tables", spirals, i => built[i], Tolerance.Exact);
    }

    private static RootSolution Solve(TensorMap stored, int n, float[] rays, float[] weights)
    {
        Span<Vector3d> points = stackalloc Vector3d[HandMesh.JointCount];
        Span<Vector3d> directions = stackalloc Vector3d[HandMesh.JointCount];
        Span<double> squares = stackalloc double[HandMesh.JointCount];
        Tensor k = stored["K"];
        var camera = new Intrinsics(k[9 * n], k[(9 * n) + 4], k[(9 * n) + 2], k[(9 * n) + 5]);
        for (int i = 0; i < points.Length; i++)
        {
            int at = (n * points.Length) + i;
            Tensor p = stored["kpts3d"], px = stored["kpts2d_px"];
            points[i] = new Vector3d(p[3 * at], p[(3 * at) + 1], p[(3 * at) + 2]);
            directions[i] = camera.Ray(px[2 * at], px[(2 * at) + 1]);
            squares[i] = stored["weights"][at] * stored["weights"][at];
            (rays[2 * at], rays[(2 * at) + 1], weights[at]) = ((float)directions[i].X, (float)directions[i].Y, (float)squares[i]);
        }

        return RootSolver.Solve(points, directions, squares);
    }
}
