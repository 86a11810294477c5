namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>
/// "3D Hand Mesh Recovery from Monocular RGB in Camera Space" (Li, Chan and Zhou 2024) as a graph: numbers and section marks
/// from docs/systems/inceptiongraph.md, symbols from the paper, parameter names from the checkpoint. Sizes follow from the weights, so
/// ResNet-18, ResNet-50 and any mesh fit.
/// </summary>
internal static class InceptionGraphNetwork
{
    /// <summary>Metres per unit of the relative mesh (5).</summary>
    public const double MetresPerUnit = 0.2;

    // Tokens of the patch map that query the depth (3.7).
    private const int Queries = 128;

    /// <summary>The whole network, from the image.</summary>
    /// <param name="g">Where to build it.</param>
    /// <param name="batch">Hands at once.</param>
    public static void Build(GraphBuilder g, int batch) => Network(g, CmrCrop.Input(g, batch));

    /// <summary>The network from its input [N, 3, 224, 224]; outputs <c>uv</c>, <c>mesh_rel</c> and <c>depth_norm</c>.</summary>
    public static void Network(GraphBuilder g, Value x)
    {
        Value t = g.Tap("t", Hourglass(g, x));
        Value tp = g.Tap("tp", PosePooling(g, t));
        Value uv = Joints(g, tp);
        Value latent = g.Tap("latent", MeshEncoder(g, t, tp));
        Value mesh = InceptionGraphDecoder.Mesh(g, latent);
        Value depth = Depth(g, t, tp);
        g.Output("uv", uv);
        g.Output("mesh_rel", mesh);
        g.Output("depth_norm", depth);
    }

    /// <summary>3.1 and 3.2: the encoder and the hourglass; T [N, 64, 112, 112].</summary>
    public static Value Hourglass(GraphBuilder g, Value x)
    {
        using GraphBuilder.Scope wide = g.WideResults(); // the attention of 3.7 is sharp: its softmax magnifies what T was rounded by
        Value x1, x2, x3, x4;
        using (g.Stage("encoder"))
        {
            x1 = ResNet.Layer(g, ResNet.Pool(g, ResNet.Stem(g, x, "encoder")), "encoder", 1);
            x2 = ResNet.Layer(g, x1, "encoder", 2);
            x3 = ResNet.Layer(g, x2, "encoder", 3);
            x4 = ResNet.Layer(g, x3, "encoder", 4);
        }

        using GraphBuilder.Scope stage = g.Stage("hourglass");
        Value y = ConvBlock.Apply(g, ConvBlock.JoinAtSizeOf(g, x4, x3), "hourglass.up1");
        y = ConvBlock.Apply(g, ConvBlock.JoinAtSizeOf(g, y, x2), "hourglass.up2");
        using GraphBuilder.Scope last = g.FullPrecision();
        y = ConvBlock.Apply(g, ConvBlock.JoinAtSizeOf(g, y, x1), "hourglass.up3");
        Shape size = g.ShapeOf(x1);
        return ConvBlock.Apply(g, g.Resize(y, 2 * size[2], 2 * size[3]), "hourglass.up4");
    }

    /// <summary>3.3, equation (1): T^p = Theta(T^d * interpolation(T)), aligned with the joints: [N, 21, 14, 14].</summary>
    public static Value PosePooling(GraphBuilder g, Value t)
    {
        using GraphBuilder.Scope stage = g.Stage("pose_pool");
        using GraphBuilder.Scope squares = g.FullPrecision(); // the product squares activations
        Shape full = g.ShapeOf(t);
        (int height, int width) = (full[2] / 8, full[3] / 8);
        Value td = g.Resize(ResNet.Pool(g, t), height, width);
        Value y = ConvBlock.Apply(g, g.Multiply(td, g.Resize(t, height, width)), "pose_pool.theta");
        return g.Conv2d(y, "pose_pool.align.weight", "pose_pool.align.bias");
    }

    /// <summary>3.4: the joints in the image [N, 21, 2], x first, as fractions of the crop.</summary>
    public static Value Joints(GraphBuilder g, Value tp)
    {
        using GraphBuilder.Scope stage = g.Stage("joint_mlp");
        using GraphBuilder.Scope head = g.FullPrecision();
        Shape map = g.ShapeOf(tp);
        Value x = g.Reshape(tp, map[0], map[1], map[2] * map[3]);
        return g.Linear(g.Relu(g.Linear(x, "joint_mlp.fc1.weight", "joint_mlp.fc1.bias")), "joint_mlp.fc2.weight", "joint_mlp.fc2.bias");
    }

    /// <summary>3.5: (T, T^l) -> latent T^a [N, 512 or 2048]; T^l is T^p at the size of T.</summary>
    public static Value MeshEncoder(GraphBuilder g, Value t, Value tp)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_encoder");
        Shape full = g.ShapeOf(t);
        Value x = g.Concat(1, t, g.Resize(tp, full[2], full[3]));
        x = ConvBlock.Apply(g, x, "mesh_encoder.reduce.0");
        x = ConvBlock.Apply(g, x, "mesh_encoder.reduce.1");
        x = ConvBlock.Linear(g, x, "mesh_encoder.reduce.2");
        return g.GlobalMean(ResNet.Layers(g, ResNet.Pool(g, x), "mesh_encoder"));
    }

    /// <summary>3.7: the root depth [N], millimetres per pixel of the crop.</summary>
    public static Value Depth(GraphBuilder g, Value t, Value tp)
    {
        using GraphBuilder.Scope stage = g.Stage("depth_net");
        Value query = DepthQuery(g, t);
        Value attended = DepthAttention(g, query, tp);
        return DepthFromBins(g, DepthBins(g, query), DepthConfidences(g, attended));
    }

    /// <summary>The patch tokens that ask, C_query [N, 128 tokens, 128 channels].</summary>
    public static Value DepthQuery(GraphBuilder g, Value t)
    {
        using GraphBuilder.Scope logits = g.FullPrecision();
        int patch = g.Weight("depth_net.embed.weight").Shape[2];
        Value x = g.Conv2d(t, "depth_net.decode_t.weight", "depth_net.decode_t.bias");
        x = g.Conv2d(x, "depth_net.embed.weight", "depth_net.embed.bias", stride: patch);
        x = ConvBlock.Apply(g, ConvBlock.Apply(g, x, "depth_net.conv_block.0"), "depth_net.conv_block.1");
        Value query = g.Slice(g.PixelsToRows(x), 1, 0, Queries);
        g.Tap("query", g.Transpose(query, 1, 2));
        return query;
    }

    /// <summary>Equations (2) and (3): the centres of the adaptive bins [N, 64].</summary>
    public static Value DepthBins(GraphBuilder g, Value query)
    {
        using GraphBuilder.Scope sums = g.FullPrecision(); // over the bins
        const float leastWidth = 0.1f;
        Activation leaky = Activation.LeakyRelu(0.01f);
        Value y = g.Activate(Pointwise(g, query, "depth_net.regressor.0"), leaky);
        y = g.Activate(Pointwise(g, y, "depth_net.regressor.2"), leaky);
        y = Pointwise(g, g.MeanOfRows(y), "depth_net.regressor.4"); // linear, so the mean over the tokens may come first
        TapBinWidths(g, y, leastWidth);
        return g.BinCenters(y, g.Parameter("depth_net.range"), leastWidth);
    }

    /// <summary>A = C_query + softmax(C_query key / sqrt 128) value: [N, 128 tokens, 128 channels].</summary>
    public static Value DepthAttention(GraphBuilder g, Value query, Value tp)
    {
        using GraphBuilder.Scope logits = g.FullPrecision();
        Value p = g.Conv2d(tp, "depth_net.decode_p.weight", "depth_net.decode_p.bias");
        Value key = g.PixelsToRows(ConvBlock.Linear(g, p, "depth_net.key"));
        Value value = g.PixelsToRows(ConvBlock.Linear(g, p, "depth_net.value"));
        float scale = 1 / MathF.Sqrt(g.ShapeOf(query)[2]);
        Value attended = g.Sum(query, g.Attention(query, key, value, heads: 1, scale));
        g.Tap("attended", g.Transpose(attended, 1, 2));
        return attended;
    }

    /// <summary>The probability of every bin [N, 64].</summary>
    public static Value DepthConfidences(GraphBuilder g, Value attended)
    {
        using GraphBuilder.Scope logits = g.FullPrecision();
        Value y = g.Relu(g.BatchNorm(Pointwise(g, attended, "depth_net.align.0"), "depth_net.align.1"));
        y = Pointwise(g, g.MeanOfRows(y), "depth_net.align.3"); // as above
        return g.Tap("bin_prob", g.Softmax(y));
    }

    /// <summary>Equation (4): d = sum of centre times probability.</summary>
    public static Value DepthFromBins(GraphBuilder g, Value centres, Value probabilities)
    {
        using GraphBuilder.Scope sum = g.FullPrecision();
        return g.Reduce(g.Multiply(centres, probabilities), Reduction.Sum, 1);
    }

    // A 1-D convolution of kernel 1 is a linear layer on every token.
    private static Value Pointwise(GraphBuilder g, Value x, string layer)
    {
        Shape weight = g.Weight($"{layer}.weight").Shape;
        return g.Linear(x, g.Reshape(g.Parameter($"{layer}.weight"), weight[0], weight[1]), g.Parameter($"{layer}.bias"));
    }

    // Only observed: the centres are made from y directly.
    private static void TapBinWidths(GraphBuilder g, Value y, float leastWidth)
    {
        Value positive = g.Scale(g.Relu(y), 1, leastWidth);
        Value sum = g.Reshape(g.Reduce(positive, Reduction.Sum, 1), g.ShapeOf(y)[0], 1);
        g.Tap("bin_width", g.Divide(positive, sum));
    }
}
