namespace HandMeshEngine.Systems.MobRecon;

/// <summary>
/// MobRecon (Chen et al., CVPR 2022), DenseStack with either spiral convolution, as a graph: docs/systems/mobrecon.md. The
/// camera-space registration is no network; it runs on the host.
/// </summary>
internal static class MobReconNetwork
{
    /// <summary>Side of the network input, pixels.</summary>
    public const int Size = 128;

    /// <summary>Metres per unit of the predicted vertices.</summary>
    public const float MetresPerUnit = 0.2f;

    private static readonly Activation _hardTanh = Activation.Clamp(0, 4);

    /// <summary>The whole network, from the image to 2D keypoints and root-relative vertices.</summary>
    public static void Build(GraphBuilder g, int batch)
    {
        Value x = Input(g, g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3));
        (Value latent, Value features) = DenseStack(g, x);
        Value k = Keypoints(g, features);
        Value v = Vertices(g, latent, k);
        Value p = Joints(g, k, v);
        g.Output("net.kpts2d", k);
        g.Output("net.verts", v);
        g.Output("joints", p);
    }

    /// <summary>The crop of docs/systems/handdgp.md 2.1 at 128 pixels, then (v / 255 - 0.5) / 0.5.</summary>
    public static Value Input(GraphBuilder g, Value image, Value cropToImage)
    {
        using GraphBuilder.Scope stage = g.Stage("crop");
        return g.Tap("net.in", g.WarpNormalize(image, cropToImage, PixelScaling.Warp(Size, WarpSampling.OpenCvWarp, 0.5f, 0.5f)));
    }

    /// <summary>The stacked encoding: latent [N, 256, 4, 4] and the map [N, 24, 16, 16] that holds the keypoints.</summary>
    public static (Value Latent, Value Features) DenseStack(GraphBuilder g, Value x)
    {
        Value a;
        using (g.Stage("stem"))
        {
            x = ConvolutionBlock(g, x, "backbone.pre_layer.0", stride: 2, padding: 1);
            x = g.SpaceToDepth(MobileUnit(g, x, "backbone.pre_layer.1"));
            a = g.Tap("net.thrink", ConvolutionBlock(g, x, "backbone.thrink"));
        }

        using (g.Stage("stack1"))
        {
            const string stack = "backbone.dense_stack1";
            (Value d1, Value d2, Value d3) = Down(g, a, stack);
            x = Up(g, d1, d2, g.AveragePool(d3, 2, 2), stack);
            Shape shape = g.ShapeOf(x);
            x = g.Tap("net.stack1", g.Resize(x, 2 * shape[2], 2 * shape[3], ResizeMode.BilinearAlignCorners));
            x = g.Concat(1, ConvolutionBlock(g, x, "backbone.stack1_remap"), a);
            x = g.Tap("net.thrink2", ConvolutionBlock(g, x, "backbone.thrink2"));
        }

        using (g.Stage("stack2"))
        {
            const string stack = "backbone.dense_stack2";
            (Value d1, Value d2, Value d3) = Down(g, x, stack);
            d3 = g.AveragePool(SqueezeExcite(g, d3, $"{stack}.senet3"), 2, 2);
            Value mid = g.Tap("net.stack2_mid", Compress(g, Compress(g, d3, $"{stack}.dense4"), $"{stack}.dense5"));
            Value latent = g.Tap("net.latent", g.Conv2d(mid, "backbone.mid_proj.0.weight"));
            return (latent, g.Tap("net.stack2_out", Up(g, d1, d2, mid, stack)));
        }
    }

    /// <summary>k [N, 21, 2], x first, as fractions of the image side: one map of 256 pixels a keypoint, three linears.</summary>
    public static Value Keypoints(GraphBuilder g, Value features)
    {
        using GraphBuilder.Scope stage = g.Stage("keypoints");
        using GraphBuilder.Scope heads = g.FullPrecision();
        string reduce = g.HasWeight("backbone.reduce.0.weight") ? "backbone.reduce.0" : "backbone.conv.0"; // older entry point
        Value x = g.Conv2d(features, $"{reduce}.weight");
        Shape map = g.ShapeOf(x);
        x = g.Reshape(x, map[0], map[1], map[2] * map[3]);
        x = g.Activate(g.Linear(x, "backbone.uv_reg.0.0.weight"), _hardTanh);
        x = g.Activate(g.Linear(x, "backbone.uv_reg.1.0.weight"), _hardTanh);
        return g.Tap("net.kpts2d", g.Linear(x, "backbone.uv_reg.2.0.weight"));
    }

    /// <summary>Feature lifting and the spiral decoder: vertices [N, 778, 3] in units of 0.2 m.</summary>
    public static Value Vertices(GraphBuilder g, Value latent, Value k)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh");
        using GraphBuilder.Scope heads = g.FullPrecision();
        Value x = SpiralDecoder.Lift(g, KeypointSampling.AlignCorners(g, latent, k), "decoder3d.upsample");
        int levels = SpiralDecoder.Levels(g);
        for (int i = 0; i < levels; i++)
        {
            x = SpiralDecoder.Layer(g, x, $"decoder3d.de_layer.{i}.conv", levels - 1 - i);
        }

        return g.Tap("net.verts", SpiralDecoder.Convolution(g, x, "decoder3d.head", level: 0));
    }

    /// <summary>P = Jreg 0.2 V [N, 21, 3] in metres, for the registration.</summary>
    private static Value Joints(GraphBuilder g, Value k, Value v)
    {
        using GraphBuilder.Scope stage = g.Stage("root");
        using GraphBuilder.Scope solver = g.FullPrecision();
        Value regressor = g.Reshape(g.Parameter("j_reg"), g.ShapeOf(k)[1], g.ShapeOf(v)[1]);
        return g.MatMul(regressor, g.Scale(v, MetresPerUnit));
    }

    /// <summary>The contracting half: d1 [N, 256, 16, 16], d2 [N, 512, 8, 8] and dense3's map [N, 1024, 8, 8].</summary>
    private static (Value D1, Value D2, Value D3) Down(GraphBuilder g, Value x, string stack)
    {
        Value d1 = g.AveragePool(SqueezeExcite(g, Dense(g, x, $"{stack}.dense1"), $"{stack}.senet1"), 2, 2);
        Value d2 = g.AveragePool(SqueezeExcite(g, Dense(g, d1, $"{stack}.dense2"), $"{stack}.senet2"), 2, 2);
        return (d1, d2, Dense(g, d2, $"{stack}.dense3"));
    }

    /// <summary>The expanding half from d3 [N, 1024, 4, 4] to [N, 24, 16, 16].</summary>
    private static Value Up(GraphBuilder g, Value d1, Value d2, Value d3, string stack)
    {
        Value u1 = Twice(g, SqueezeExcite(g, Shrink(g, d3, $"{stack}.thrink1"), $"{stack}.senet4"));
        Value u2 = Twice(g, SqueezeExcite(g, Shrink(g, g.Sum(d2, u1), $"{stack}.thrink2"), $"{stack}.senet5"));
        return SqueezeExcite(g, Shrink(g, g.Sum(d1, u2), $"{stack}.thrink3"), $"{stack}.senet6");
    }

    /// <summary>cb: convolution without bias, batch norm, ReLU.</summary>
    private static Value ConvolutionBlock(GraphBuilder g, Value x, string key, int stride = 1, int padding = 0, int groups = 1) =>
        g.Relu(g.BatchNorm(g.Conv2d(x, $"{key}.0.weight", stride: stride, padding: padding, groups: groups), $"{key}.1"));

    /// <summary>mu: one or two depth-wise 3x3 cb, a 1x1 cb, then + x where the channels agree.</summary>
    private static Value MobileUnit(GraphBuilder g, Value x, string key)
    {
        int channels = g.ShapeOf(x)[1];
        Value y = x;
        for (int i = 0; g.HasWeight($"{key}.conv3x3.{i}.0.weight"); i++)
        {
            y = ConvolutionBlock(g, y, $"{key}.conv3x3.{i}", padding: 1, groups: channels);
        }

        y = ConvolutionBlock(g, y, $"{key}.conv1x1");
        return g.ShapeOf(y)[1] == channels ? g.Sum(y, x) : y;
    }

    /// <summary>dense: x grows by the output of one mobile unit after the other.</summary>
    private static Value Dense(GraphBuilder g, Value x, string key)
    {
        for (int i = 1; g.HasWeight($"{key}.conv{i}.conv1x1.0.weight"); i++)
        {
            x = g.Concat(1, x, MobileUnit(g, x, $"{key}.conv{i}"));
        }

        return x;
    }

    /// <summary>noexp: a dense block of two that drops its input, so the channels stay.</summary>
    private static Value Compress(GraphBuilder g, Value x, string key)
    {
        Value o1 = MobileUnit(g, x, $"{key}.conv1");
        Value o2 = MobileUnit(g, g.Concat(1, x, o1), $"{key}.conv2");
        return g.Concat(1, o1, o2);
    }

    /// <summary>thrink: two mobile units, of one and of two depth-wise convolutions.</summary>
    private static Value Shrink(GraphBuilder g, Value x, string key) => MobileUnit(g, MobileUnit(g, x, $"{key}.0"), $"{key}.1");

    private static Value Twice(GraphBuilder g, Value x) =>
        g.Resize(x, 2 * g.ShapeOf(x)[2], 2 * g.ShapeOf(x)[3], ResizeMode.Nearest);

    /// <summary>SE: channels weighed by two linears on their means.</summary>
    private static Value SqueezeExcite(GraphBuilder g, Value x, string key)
    {
        Value s = g.GlobalMean(x);
        s = g.Activate(g.BatchNorm(g.Linear(s, $"{key}.fc1.0.weight"), $"{key}.fc1.1"), _hardTanh);
        s = g.Sigmoid(g.BatchNorm(g.Linear(s, $"{key}.fc2.0.weight"), $"{key}.fc2.1"));
        Shape shape = g.ShapeOf(x);
        return g.Multiply(x, g.Reshape(s, shape[0], shape[1], 1, 1));
    }
}
