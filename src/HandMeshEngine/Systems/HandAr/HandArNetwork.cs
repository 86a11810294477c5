namespace HandMeshEngine.Systems.HandAr;

/// <summary>
/// "Towards Accurate Alignment in Real-time 3D Hand-Mesh Reconstruction" (Tang, Wang and Fu, ICCV 2021) as a graph: joint
/// stage, mesh stage, refine stage. Numbers from docs/systems/handar.md, parameter names from the checkpoint, the fixed table
/// <c>faces</c> gives the graph. Coordinates are heat-map units: 64 across the crop.
/// </summary>
internal static class HandArNetwork
{
    /// <summary>Side of the network input, pixels.</summary>
    public const int Size = 256;

    /// <summary>Bins of a heat map along each axis.</summary>
    public const int Bins = 64;

    /// <summary>The whole network, from the image to the mesh in heat-map units.</summary>
    public static void Build(GraphBuilder g, int batch)
    {
        Value x = Input(g, g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3));
        (Value x0, Value x1, Value c5) = JointEncoder(g, x);
        Value jointFeat = JointDecoder(g, c5);
        (Value m2, Value m5) = MeshEncoder(g, jointFeat, x1);
        Value g0 = GlobalMean(g, m5);
        (Value heatX, Value heatY, Value heatZ) = MeshHeads(g, m5, g0);
        Value rough = RoughMesh(g, heatX, heatY, heatZ);
        Value local = LocalFeatures(g, rough, x, x0, x1, m2);
        Value offset = Refine(g, local, GlobalFeature(g, g0));
        g.Output("rough_mesh", rough);
        g.Output("mesh_hm", FinalMesh(g, rough, offset));
    }

    /// <summary>2: the exact bilinear crop, RGB, value / 255, not rounded.</summary>
    public static Value Input(GraphBuilder g, Value image, Value cropToImage)
    {
        using GraphBuilder.Scope stage = g.Stage("crop");
        return g.Tap("net_input", g.WarpNormalize(image, cropToImage, PixelScaling.Warp(Size, WarpSampling.Bilinear, 0, 1)));
    }

    /// <summary>3.1: x0 [N, 64, 128, 128], x1 [N, 64, 64, 64], c5 [N, 2048, 8, 8].</summary>
    public static (Value X0, Value X1, Value C5) JointEncoder(GraphBuilder g, Value x)
    {
        using GraphBuilder.Scope stage = g.Stage("joint_encoder");
        Value x0 = ResNet.Stem(g, x, "pose_backbone");
        Value x1 = ResNet.Pool(g, x0);
        return (x0, x1, g.Tap("pose_c5", ResNet.Layers(g, x1, "pose_backbone")));
    }

    /// <summary>3.2: joint_feat [N, 64, 64, 64].</summary>
    public static Value JointDecoder(GraphBuilder g, Value c5)
    {
        using GraphBuilder.Scope stage = g.Stage("joint_decoder");
        Value x = Deconvolutions(g, c5, "posenet");
        x = g.Conv2d(x, "posenet.conv.0.weight", "posenet.conv.0.bias", padding: 1);
        return g.Tap("joint_feat", g.Relu(g.BatchNorm(x, "posenet.conv.1")));
    }

    /// <summary>3.3: m2 [N, 256, 64, 64] and m5 [N, 2048, 8, 8] from the sum of joint features and x1.</summary>
    public static (Value M2, Value M5) MeshEncoder(GraphBuilder g, Value jointFeat, Value x1)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_encoder");
        Value m2 = ResNet.Layer(g, g.Sum(jointFeat, x1), "mesh_backbone", 1);
        Value x = m2;
        for (int layer = 2; layer <= 4; layer++)
        {
            x = ResNet.Layer(g, x, "mesh_backbone", layer);
        }

        return (m2, g.Tap("mesh_c5", x));
    }

    /// <summary>3.3: g0 [N, 2048].</summary>
    public static Value GlobalMean(GraphBuilder g, Value m5)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_heads");
        return g.GlobalMean(m5);
    }

    /// <summary>3.4: heat maps [N, 778, 64] along x, y and z.</summary>
    public static (Value X, Value Y, Value Z) MeshHeads(GraphBuilder g, Value m5, Value g0)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_heads");
        Value d = Deconvolutions(g, m5, "mesh_net");
        Shape shape = g.ShapeOf(d);
        Value fx = g.Tap("mesh_feat_x", g.Reduce(d, Reduction.Mean, firstAxis: 2)); // mean over rows
        Value fy = g.Tap("mesh_feat_y", g.Reduce(d, Reduction.Mean, firstAxis: 3)); // mean over columns
        Value z = g.Linear(g0, Matrix(g, "mesh_net.conv_z_1.0.weight"), g.Parameter("mesh_net.conv_z_1.0.bias"));
        z = g.Relu(g.BatchNorm(z, "mesh_net.conv_z_1.1"));
        Value fz = g.Tap("mesh_feat_z", g.Reshape(z, shape[0], g.ShapeOf(z)[1] / Bins, Bins));
        return (Heat(g, fx, "x"), Heat(g, fy, "y"), Heat(g, fz, "z"));
    }

    /// <summary>3.4: the soft-argmax of every vertex and axis, [N, 778, 3] in 0..63.</summary>
    public static Value RoughMesh(GraphBuilder g, Value heatX, Value heatY, Value heatZ)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_heads");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        Shape shape = g.ShapeOf(heatX);
        Value Coordinate(Value heat) => g.Reshape(g.SoftArgmax(heat), shape[0], shape[1], 1);
        return g.Tap("rough_mesh", g.Concat(2, Coordinate(heatX), Coordinate(heatY), Coordinate(heatZ)));
    }

    /// <summary>3.5: columns 0..389 of the refine stage's input: the rough vertex, then what four maps show at its place.</summary>
    public static Value LocalFeatures(GraphBuilder g, Value rough, Value image, Value x0, Value x1, Value m2)
    {
        using GraphBuilder.Scope stage = g.Stage("features");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return g.Tap("gcn_local", g.Concat(
            2, rough, Sample(g, image, rough), Sample(g, x0, rough), Sample(g, x1, rough), Sample(g, m2, rough)));
    }

    /// <summary>3.5: columns 390..901, the same for every vertex, [N, 512].</summary>
    public static Value GlobalFeature(GraphBuilder g, Value g0)
    {
        using GraphBuilder.Scope stage = g.Stage("features");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        Value weight = Matrix(g, "global_img_feat.0.0.weight");
        return g.Tap("global_feat", g.Linear(g0, weight, g.Parameter("global_img_feat.0.0.bias")));
    }

    /// <summary>3.6: offset [N, 778, 3].</summary>
    public static Value Refine(GraphBuilder g, Value local, Value global)
    {
        using GraphBuilder.Scope stage = g.Stage("refine");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        HandArGraph graph = HandArGraph.Of(g.Weight("faces"), g.ShapeOf(local)[1]);
        Value x = g.Relu(g.BatchNorm(Head(g, local, global, graph), "gcn.head.bn"));
        x = g.Tap("gcn_head", x);
        for (int r = 1; r <= 3; r++)
        {
            Value y = g.Relu(g.BatchNorm(Gin(g, x, $"gcn.res{r}.conv1", graph), $"gcn.res{r}.bn1"));
            y = g.Relu(g.BatchNorm(Gin(g, y, $"gcn.res{r}.conv2", graph), $"gcn.res{r}.bn2"));
            x = g.Sum(y, x);
        }

        return g.Tap("gcn_offset", Gin(g, g.Tap("gcn_res3", x), "gcn.tail.conv", graph));
    }

    /// <summary>3.6: mesh_hm = rough mesh + offset, not clamped.</summary>
    public static Value FinalMesh(GraphBuilder g, Value rough, Value offset)
    {
        using GraphBuilder.Scope stage = g.Stage("refine");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return g.Sum(rough, offset);
    }

    /// <summary>3.5: bilinear samples at px = x S/64 - 0.5; taps beyond the left and top edge count 0.</summary>
    public static Value Sample(GraphBuilder g, Value map, Value mesh)
    {
        float pixels = g.ShapeOf(map)[3] / (float)Bins;
        return g.GridSample(map, g.Scale(g.Slice(mesh, 2, 0, 2), pixels, -0.5f), SampleBorder.Zero);
    }

    /// <summary>3.6: t = (1 + eps) x_i + sum of neighbours, linear, ReLU, linear.</summary>
    private static Value Gin(GraphBuilder g, Value x, string p, HandArGraph graph)
    {
        Value t = g.GinAggregate(x, graph.Rows(g), graph.Columns(g), Epsilon(g, p));
        Value y = g.Relu(g.Linear(t, $"{p}.nn.0.weight", $"{p}.nn.0.bias"));
        return g.Linear(y, $"{p}.nn.2.weight", $"{p}.nn.2.bias");
    }

    // The head's aggregation commutes with its first linear (3.7), so 256 channels are summed instead of 902, and the global
    // part, one row for all vertices, counts 1 + eps + degree times.
    private static Value Head(GraphBuilder g, Value local, Value global, HandArGraph graph)
    {
        const string p = "gcn.head.conv";
        Value weight = g.Parameter($"{p}.nn.0.weight");
        int columns = g.ShapeOf(local)[2];
        Value t = g.GinAggregate(
            g.Linear(local, g.Slice(weight, 1, 0, columns)), graph.Rows(g), graph.Columns(g), Epsilon(g, p));
        Value shared = g.Linear(global, g.Slice(weight, 1, columns, g.ShapeOf(global)[1]));
        Shape shape = g.ShapeOf(shared);
        shared = g.Multiply(g.Reshape(shared, shape[0], 1, shape[1]), graph.RowWeights(g, Epsilon(g, p)));
        Value y = g.Relu(g.Sum(g.Sum(t, shared), g.Parameter($"{p}.nn.0.bias")));
        return g.Linear(y, $"{p}.nn.2.weight", $"{p}.nn.2.bias");
    }

    private static float Epsilon(GraphBuilder g, string p) => g.HasWeight($"{p}.eps") ? (float)g.Weight($"{p}.eps")[0] : 0;

    /// <summary>3.2, steps 1 to 3: three transposed convolutions, each twice the side.</summary>
    private static Value Deconvolutions(GraphBuilder g, Value x, string net)
    {
        for (int i = 0; i <= 6; i += 3)
        {
            x = g.ConvTranspose2d(x, $"{net}.deconv.{i}.weight", stride: 2, padding: 1);
            x = g.Relu(g.BatchNorm(x, $"{net}.deconv.{i + 1}"));
        }

        return x;
    }

    /// <summary>A point-wise convolution along one axis, [N, 256, 64] -> [N, 778, 64].</summary>
    private static Value Heat(GraphBuilder g, Value feature, string axis)
    {
        using GraphBuilder.Scope logits = g.FullPrecision();
        string key = axis == "z" ? "mesh_net.conv_z_2.0" : $"mesh_net.conv_{axis}.0";
        Value bias = g.Parameter($"{key}.bias");
        Value heat = g.MatMul(Matrix(g, $"{key}.weight"), feature);
        return g.Tap($"heat_{axis}", g.Sum(heat, g.Reshape(bias, g.ShapeOf(bias)[0], 1)));
    }

    /// <summary>A kernel of length 1 as the matrix that it is.</summary>
    private static Value Matrix(GraphBuilder g, string key)
    {
        Value weight = g.Parameter(key);
        return g.Reshape(weight, g.ShapeOf(weight)[0], g.ShapeOf(weight)[1]);
    }
}
