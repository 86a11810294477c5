namespace HandMeshEngine.Systems.HandDgp;

/// <summary>
/// HandDGP (Valassakis and Garcia-Hernando, ECCV 2024) as a graph: numbers from docs/systems/handdgp.md, parameter names from the
/// checkpoint. Symbols: F backbone features, k 2D keypoints, V relative vertices, w confidences, P joints, t translation.
/// </summary>
internal static class HandDgpNetwork
{
    /// <summary>Side of the network input, pixels.</summary>
    public const int Size = 224;

    /// <summary>Both focal lengths of the canonical camera, pixels; its principal point is the centre (2.2).</summary>
    public const float CanonicalFocal = 1000;

    /// <summary>Metres per unit of V: the hand size that the authors use for everyone (3.6).</summary>
    public const float MetresPerUnit = 0.2f;

    /// <summary>ImageNet's mean of R, G, B in 0..1.</summary>
    public static readonly (float R, float G, float B) Mean = (0.485f, 0.456f, 0.406f);

    /// <summary>ImageNet's deviation of R, G, B.</summary>
    public static readonly (float R, float G, float B) Deviation = (0.229f, 0.224f, 0.225f);

    /// <summary>The whole network, from the image to camera-space vertices.</summary>
    /// <param name="g">Where to build it.</param>
    /// <param name="batch">Hands at once.</param>
    /// <param name="virtualCamera">Sample once through a homography instead of crop and rectification (2.3).</param>
    public static void Build(GraphBuilder g, int batch, bool virtualCamera)
    {
        Value image = g.Image("image");
        Value view = g.Input("view", DType.Float64, batch, 3, 3);
        Value x = virtualCamera
            ? Normalised(g, image, view)
            : Rectified(g, Crop(g, image, g.Input("crop", DType.Float64, batch, 3, 3)), view);
        Value f = Backbone(g, x);
        Value k = Keypoints(g, f);
        Value v = Vertices(g, f, k);
        Value w = Confidences(g, f, k);
        Root(g, k, v, w);
    }

    /// <summary>2.1: the 8-bit crop around the box, 0..255.</summary>
    public static Value Crop(GraphBuilder g, Value image, Value cropToImage)
    {
        using GraphBuilder.Scope stage = g.Stage("crop");
        return g.Tap("pre.crop", g.WarpNormalize(image, cropToImage, new WarpNormalizeOp(
            Size, Size, WarpSampling.OpenCvWarp, WarpBorder.Zero, SwapRedBlue: false, (1, 1, 1), (0, 0, 0))));
    }

    /// <summary>2.2: the crop seen by the canonical camera, black where it ends, then normalised.</summary>
    public static Value Rectified(GraphBuilder g, Value crop, Value viewToCrop)
    {
        using GraphBuilder.Scope stage = g.Stage("rectify");
        return Normalised(g, crop, viewToCrop);
    }

    /// <summary>3.1: ResNet-50 (or deeper), its last map F.</summary>
    public static Value Backbone(GraphBuilder g, Value x)
    {
        using GraphBuilder.Scope stage = g.Stage("backbone");
        x = ResNet.Pool(g, ResNet.Stem(g, x, "backbone"));
        for (int layer = 1; layer <= 4; layer++)
        {
            x = g.Tap($"net.layer{layer}", ResNet.Layer(g, x, "backbone", layer));
        }

        return x;
    }

    /// <summary>3.2: k [N, 21, 2], x first, as fractions of the image side.</summary>
    public static Value Keypoints(GraphBuilder g, Value f)
    {
        using GraphBuilder.Scope stage = g.Stage("keypoints");
        using GraphBuilder.Scope heads = g.FullPrecision();
        Activation hardTanh = Activation.Clamp(0, 4);
        Value latent = g.Conv2d(f, "decoder2d_latent.weight", "decoder2d_latent.bias");
        Shape map = g.ShapeOf(latent);
        Value x = g.Tap("net.latent2d", g.Reshape(latent, map[0], map[1], map[2] * map[3]));
        x = g.Activate(g.Linear(x, "decoder2d.0.0.weight"), hardTanh);
        x = g.Activate(g.Linear(x, "decoder2d.1.0.weight"), hardTanh);
        return g.Tap("net.kpts2d", g.Linear(x, "decoder2d.2.0.weight"));
    }

    /// <summary>3.3: V [N, 778, 3] in units of 0.2 m.</summary>
    public static Value Vertices(GraphBuilder g, Value f, Value k)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh");
        using GraphBuilder.Scope heads = g.FullPrecision();
        Value x = g.Tap("net.latent3d", g.Relu(g.Conv2d(f, "decoder3d_latent.0.weight", "decoder3d_latent.0.bias")));
        x = g.Tap("net.preprocess", g.Conv2d(x, "decoder3d.preprocess_layer.0.weight"));
        x = g.Tap("net.sampled", KeypointSampling.AlignCorners(g, x, k));
        x = g.Tap("net.lift", SpiralDecoder.Lift(g, x, "decoder3d.upsample_matrix"));
        int levels = SpiralDecoder.Levels(g);
        for (int i = 0; i < levels; i++)
        {
            x = g.Tap($"net.spiral{i}", SpiralDecoder.Layer(g, x, $"decoder3d.spiral_layers.{i}.conv", levels - 1 - i));
        }

        return g.Tap("net.verts", SpiralDecoder.Convolution(g, x, "decoder3d.final_layer", level: 0));
    }

    /// <summary>3.4: w [N, 21], 0..1.</summary>
    public static Value Confidences(GraphBuilder g, Value f, Value k)
    {
        using GraphBuilder.Scope stage = g.Stage("confidence");
        using GraphBuilder.Scope heads = g.FullPrecision();
        return g.Tap("net.w", g.Sigmoid(ConfidenceLogits(g, f, k)));
    }

    /// <summary>3.4 before the sigmoid.</summary>
    public static Value ConfidenceLogits(GraphBuilder g, Value f, Value k)
    {
        using GraphBuilder.Scope stage = g.Stage("confidence");
        using GraphBuilder.Scope heads = g.FullPrecision();
        Activation leaky = Activation.LeakyRelu(0.01f);
        Value x = g.BatchNorm(g.Conv2d(f, "decoderw_latent.0.weight", "decoderw_latent.0.bias"), "decoderw_latent.1");
        x = g.Tap("net.latent_w", g.Conv2d(g.Activate(x, leaky), "decoderw_latent.3.weight", "decoderw_latent.3.bias"));
        Value sampled = g.Transpose(KeypointSampling.AlignCorners(g, x, k), 1, 2); // [N, 97, 21]
        Shape shape = g.ShapeOf(sampled);
        x = g.Tap("net.w_feat", g.Reshape(sampled, shape[0], shape[1] * shape[2])); // index 21 c + k
        x = g.Activate(g.Linear(x, "decoderw.0.weight", "decoderw.0.bias"), leaky);
        x = g.Activate(g.Linear(x, "decoderw.2.weight", "decoderw.2.bias"), leaky);
        return g.Linear(x, "decoderw.4.weight", "decoderw.4.bias");
    }

    /// <summary>3.6: joints P, the positioning t (differentiable global positioning) and everything in camera space.</summary>
    public static void Root(GraphBuilder g, Value k, Value v, Value w)
    {
        using GraphBuilder.Scope stage = g.Stage("root");
        using GraphBuilder.Scope solver = g.FullPrecision();
        Shape vertices = g.ShapeOf(v);
        Shape joints = g.ShapeOf(k);
        v = g.Scale(v, MetresPerUnit);
        Value p = g.MatMul(g.Reshape(g.Parameter("j_reg"), joints[1], vertices[1]), v);
        Value rays = g.Scale(k, Size / CanonicalFocal, -Size / 2 / CanonicalFocal); // u = (224 k - 112) / 1000
        Value root = g.RootSolve(p, rays, g.Multiply(w, w)); // the rows carry w, so the normal equations carry s = w^2
        Value t = g.Slice(root, 1, 0, 3);
        Value shift = g.Reshape(t, vertices[0], 1, 3);
        g.Output("net.kpts2d", k);
        g.Output("net.w", w);
        g.Output("out.kpts_rel", p);
        g.Output("out.root", root);
        g.Tap("out.t", t);
        g.Output("out.verts_cs", g.Sum(v, shift));
        g.Output("out.kpts_cs", g.Sum(p, shift));
    }

    private static Value Normalised(GraphBuilder g, Value image, Value outputToImage) =>
        g.Tap("pre.net_in", g.WarpNormalize(image, outputToImage, PixelScaling.Warp(Size, WarpSampling.Bilinear, Mean, Deviation)));
}
