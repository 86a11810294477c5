namespace HandMeshEngine.Systems.GraphHand;

/// <summary>
/// "3D Hand Shape and Pose Estimation from a Single RGB Image" (Ge et al., CVPR 2019) as a graph: numbers from
/// docs/systems/graphhand.md, parameter names from the checkpoint. Fixed tables: the rescaled Laplacians <c>table.L{0,2}.{row,col,val}</c>
/// and <c>table.perm_reverse</c>, the tree node of every mesh vertex.
/// </summary>
internal static class GraphHandNetwork
{
    /// <summary>Side of the network input, pixels.</summary>
    public const int Size = 256;

    private const int Stacks = 2;

    // Of the Chebyshev polynomial on the Laplacian: K = 3.
    private const int Terms = 3;

    // Two levels of the binary tree at once: the released model skips every other one.
    private const int Children = 4;

    /// <summary>The whole network, from the image to heat-map joints, mesh and relative depths.</summary>
    public static void Build(GraphBuilder g, int batch)
    {
        Value x = Input(g, g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3));
        Value x0 = Stem(g, x);
        (Value enc0, Value enc1, Value heatmap) = Hourglasses(g, x0);
        Value feat = Encoder(g, heatmap, enc0, enc1);
        Value uvd = Mesh(g, feat);
        Value depth = Pose(g, uvd);
        Value joints = Decode(g, heatmap);
        g.Output("joints_uv_conf", joints);
        g.Output("pose_depth", depth);
        g.Output("mesh_uvd", Vertices(g, uvd));
    }

    /// <summary>2: the box as OpenCV crops and resizes it, BGR, pixel / 255 - 0.5.</summary>
    public static Value Input(GraphBuilder g, Value image, Value cropToImage)
    {
        using GraphBuilder.Scope stage = g.Stage("crop");
        return g.Tap("input", g.WarpNormalize(image, cropToImage, PixelScaling.Warp(
            Size, WarpSampling.OpenCvResize, 0.5f, 1, swapRedBlue: true)));
    }

    /// <summary>3.2: x0 [N, 256, 64, 64].</summary>
    public static Value Stem(GraphBuilder g, Value x)
    {
        using GraphBuilder.Scope stage = g.Stage("stem");
        x = Convolution(g, x, "net_hm.conv1_", stride: 2);
        x = g.Relu(g.BatchNorm(x, "net_hm.bn1"));
        x = Half(g, Residual(g, x, "net_hm.r1"));
        return g.Tap("stem", Residual(g, Residual(g, x, "net_hm.r4"), "net_hm.r5"));
    }

    /// <summary>3.3, 3.4: two stacked hourglasses with their heads; the second one's heat maps are the result.</summary>
    public static (Value Enc0, Value Enc1, Value Heatmap) Hourglasses(GraphBuilder g, Value x)
    {
        Value enc0 = x, enc1 = x, heatmap = x;
        for (int i = 0; i < Stacks; i++)
        {
            using (g.Stage($"hourglass{i}"))
            {
                x = g.Tap($"hg{i}", Hourglass(g, enc0, $"net_hm.hourglass.{i}"));
            }

            using GraphBuilder.Scope stage = g.Stage($"head{i}");
            x = Residual(g, Residual(g, x, $"net_hm.Residual.{2 * i}"), $"net_hm.Residual.{(2 * i) + 1}");
            Value ll = g.Relu(g.BatchNorm(Convolution(g, x, $"net_hm.lin_.{i}.0"), $"net_hm.lin_.{i}.1"));
            heatmap = g.Tap($"heatmap{i}", Heatmap(g, ll, i));
            if (i < Stacks - 1)
            {
                Value merged = g.Sum(Convolution(g, ll, $"net_hm.ll_.{i}"), Convolution(g, heatmap, $"net_hm.tmpOut_.{i}"));
                enc0 = g.Tap("enc0", g.Sum(merged, enc0));
            }
            else
            {
                enc1 = g.Tap("enc1", ll);
            }
        }

        return (enc0, enc1, heatmap);
    }

    /// <summary>3.5: the latent vector [N, 4096].</summary>
    public static Value Encoder(GraphBuilder g, Value heatmap, Value enc0, Value enc1)
    {
        using GraphBuilder.Scope stage = g.Stage("encoder");
        const string net = "net_feat_mesh.feat_net";
        Value f = g.Sum(Convolution(g, heatmap, $"{net}.heatmap_conv"), Convolution(g, enc1, $"{net}.encoding_conv"));
        f = g.Tap("fuse", g.Sum(f, enc0));
        for (int i = 0; g.HasWeight($"{net}.reg_.{i}.conv1.weight"); i += 2)
        {
            f = Half(g, Residual(g, Residual(g, f, $"{net}.reg_.{i}"), $"{net}.reg_.{i + 1}"));
        }

        Shape map = g.ShapeOf(f);
        return g.Tap("feat", g.Reshape(f, map[0], map[1] * map[2] * map[3]));
    }

    /// <summary>3.6: (u, v, d) [N, 1280, 3] of all tree nodes, the fake ones zero.</summary>
    public static Value Mesh(GraphBuilder g, Value feat)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh");
        const string net = "net_feat_mesh.mesh_net";
        Value x = g.Tap("fc1", g.Relu(Linear(g, feat, $"{net}.fc.fc_1.fc")));
        x = g.Tap("fc2", Linear(g, x, $"{net}.fc.fc_2.fc"));

        using GraphBuilder.Scope graphLayers = g.FullPrecision();
        Shape vector = g.ShapeOf(x);
        int features = g.Weight($"{net}.cl.0.weight").Shape[1] / Terms;
        x = Unpool(g, g.Reshape(x, vector[0], vector[1] / features, features));
        x = g.Relu(g.BatchNorm(Cheb(g, x, level: 2, $"{net}.cl.0"), $"{net}.bn.0"));
        x = g.Tap("mesh_block0", g.Relu(g.BatchNorm(Cheb(g, x, level: 2, $"{net}.cl.1"), $"{net}.bn.1")));
        x = Unpool(g, x);
        x = g.Relu(g.BatchNorm(Cheb(g, x, level: 0, $"{net}.cl.2"), $"{net}.bn.2"));
        return Masked(g, g.Tap("mesh_uvd_raw", Cheb(g, x, level: 0, $"{net}.cl.3")));
    }

    /// <summary>3.6, last step: the fake nodes are zero.</summary>
    public static Value Masked(GraphBuilder g, Value x)
    {
        float[] mask = new float[g.ShapeOf(x)[1]];
        foreach (int position in Indices(g, "table.perm_reverse", mask.Length))
        {
            mask[position] = 1;
        }

        return g.Multiply(x, g.Constant("mask", new Shape(mask.Length, 1), mask));
    }

    /// <summary>3.7: depths [N, 20] of the joints but the root, relative to it. The checkpoint's batch norms are never applied.</summary>
    public static Value Pose(GraphBuilder g, Value uvd)
    {
        using GraphBuilder.Scope stage = g.Stage("pose");
        using GraphBuilder.Scope graphLayers = g.FullPrecision();
        const string net = "net_mesh_pose";
        Value x = Cheb(g, uvd, level: 0, $"{net}.cl.0");
        x = Pool(g, g.Tap("pose_block0", Cheb(g, x, level: 0, $"{net}.cl.1")));
        x = Cheb(g, x, level: 2, $"{net}.cl.2");
        x = Pool(g, Cheb(g, x, level: 2, $"{net}.cl.3"));
        Shape shape = g.ShapeOf(x);
        x = g.Tap("pose_flat", g.Reshape(x, shape[0], shape[1] * shape[2]));
        x = g.Tap("pose_fc1", Linear(g, x, $"{net}.fc.fc_1.fc"));
        return g.Tap("pose_depth", Linear(g, x, $"{net}.fc.fc_2.fc"));
    }

    /// <summary>3.8: joints [N, 21, 3] = (u, v, confidence), u and v whole pixels of the input.</summary>
    public static Value Decode(GraphBuilder g, Value heatmap)
    {
        using GraphBuilder.Scope stage = g.Stage("joints");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return g.ArgMax2d(g.Resize(heatmap, Size, Size));
    }

    /// <summary>5.1: mesh [N, 954, 3] in the template's vertex order, u and v as fractions of the box.</summary>
    public static Value Vertices(GraphBuilder g, Value uvd)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh");
        using GraphBuilder.Scope coordinates = g.FullPrecision();
        return g.Gather(uvd, g.Table("table.perm_reverse"));
    }

    /// <summary>3.3: H(n); the innermost level has <c>low2_</c> instead of another hourglass.</summary>
    private static Value Hourglass(GraphBuilder g, Value x, string key)
    {
        Value up = Pair(g, x, $"{key}.up1_");
        Value low = Pair(g, Half(g, x), $"{key}.low1_");
        Value mid = g.HasWeight($"{key}.low2_.0.conv1.weight") ? Pair(g, low, $"{key}.low2_") : Hourglass(g, low, $"{key}.low2");
        Value low3 = Pair(g, mid, $"{key}.low3_");
        Shape shape = g.ShapeOf(x);
        return g.Sum(up, g.Resize(low3, shape[2], shape[3], ResizeMode.Nearest));
    }

    private static Value Pair(GraphBuilder g, Value x, string key) => Residual(g, Residual(g, x, $"{key}.0"), $"{key}.1");

    /// <summary>3.1: the pre-activation bottleneck; nothing after the sum, and the skip takes the raw input.</summary>
    private static Value Residual(GraphBuilder g, Value x, string p)
    {
        Value skip = g.HasWeight($"{p}.conv4.weight") ? Convolution(g, x, $"{p}.conv4") : x;
        Value y = Convolution(g, g.Relu(g.BatchNorm(x, $"{p}.bn")), $"{p}.conv1");
        y = Convolution(g, g.Relu(g.BatchNorm(y, $"{p}.bn1")), $"{p}.conv2");
        y = Convolution(g, g.Relu(g.BatchNorm(y, $"{p}.bn2")), $"{p}.conv3");
        return g.Sum(y, skip);
    }

    // The heat maps' values decide the arg-max, so they stay in float32.
    private static Value Heatmap(GraphBuilder g, Value ll, int stack)
    {
        using GraphBuilder.Scope values = g.FullPrecision();
        return Convolution(g, ll, $"net_hm.tmpOut.{stack}");
    }

    /// <summary>Y = [T0 x, T1 x, T2 x] W^T + b; the checkpoint's column f K + k becomes the op's k F + f.</summary>
    private static Value Cheb(GraphBuilder g, Value x, int level, string key)
    {
        Value weight = g.Parameter($"{key}.weight");
        Shape shape = g.ShapeOf(weight);
        int features = shape[1] / Terms;
        weight = g.Transpose(g.Reshape(weight, shape[0], features, Terms), 1, 2);
        (Value index, Value value) = Laplacian(g, $"table.L{level}", g.ShapeOf(x)[1]);
        Value terms = g.ChebTerms(x, index, value, Terms);
        return g.Linear(terms, g.Reshape(weight, shape[0], shape[1]), g.Parameter($"{key}.bias"));
    }

    private static (Value Index, Value Value) Laplacian(GraphBuilder g, string table, int nodes)
    {
        var entries = new SparseMatrix.Builder(nodes, nodes);
        ReadOnlySpan<int> rows = Indices(g, $"{table}.row", nodes);
        ReadOnlySpan<int> columns = Indices(g, $"{table}.col", nodes);
        ReadOnlySpan<float> values = g.Weight($"{table}.val").ToFloat32().Span<float>();
        if (rows.Length != values.Length || columns.Length != values.Length)
        {
            throw new GraphException($"the table '{table}' has {rows.Length} rows, {columns.Length} columns and {values.Length} values");
        }

        for (int i = 0; i < values.Length; i++)
        {
            entries.Add(rows[i], columns[i], values[i]);
        }

        (Tensor index, Tensor value) = entries.Build().ToPaddedRows();
        return (g.Constant($"{table}.index", index.ToInt32()), g.Constant($"{table}.value", value));
    }

    /// <summary>out[i] = in[i / 4].</summary>
    private static Value Unpool(GraphBuilder g, Value x)
    {
        int nodes = g.ShapeOf(x)[1] * Children;
        int[] parent = [.. Enumerable.Range(0, nodes).Select(node => node / Children)];
        return g.Gather(x, g.Constant("parent", Tensor.From<int>(new Shape(nodes), parent)));
    }

    /// <summary>Largest of 4 consecutive nodes, per feature.</summary>
    private static Value Pool(GraphBuilder g, Value x)
    {
        Shape shape = g.ShapeOf(x);
        return g.Reduce(g.Reshape(x, shape[0], shape[1] / Children, Children, shape[2]), Reduction.Max, 2);
    }

    private static ReadOnlySpan<int> Indices(GraphBuilder g, string table, int nodes)
    {
        ReadOnlySpan<int> indices = g.Weight(table).ToInt32().Span<int>();
        int bad = indices.IndexOfAnyExceptInRange(0, nodes - 1);
        return bad < 0
            ? indices
            : throw new GraphException($"entry {bad} of the table '{table}' is {indices[bad]}, but the graph has the nodes 0 to {nodes - 1}");
    }

    private static Value Half(GraphBuilder g, Value x) => g.MaxPool(x, window: 2, stride: 2);

    private static Value Convolution(GraphBuilder g, Value x, string key, int stride = 1) =>
        g.Conv2d(x, $"{key}.weight", $"{key}.bias", stride, padding: g.Weight($"{key}.weight").Shape[2] / 2);

    private static Value Linear(GraphBuilder g, Value x, string key) => g.Linear(x, $"{key}.weight", $"{key}.bias");
}
