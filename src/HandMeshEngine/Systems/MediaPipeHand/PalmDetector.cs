namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The palm detection network (MediaPipe Hands, Zhang et al. 2020; docs/systems/mediapipe-hand.md 3.3): an image letterboxed to
/// 192 x 192 -> 2016 anchor boxes [N, 2016, 18] and scores [N, 2016, 1]. Full and lite differ in how often a block repeats.
/// All of it is float32: rounding to fp16 in any stage alone, even of the input, moves boxes by more than the 0.05 pixels allowed
/// (0.1 to 0.5 in all), and crops amplify that.
/// </summary>
internal static class PalmDetector
{
    /// <summary>Side of the network's input.</summary>
    public const int InputSize = 192;

    /// <summary>Anchors: 24 x 24 cells with 2, then 12 x 12 cells with 6.</summary>
    public const int AnchorCount = (24 * 24 * 2) + (12 * 12 * 6);

    /// <summary>
    /// The graph from pixels for a fixed number of images: inputs <c>image</c> and <c>matrix</c>, outputs <c>boxes</c> and <c>scores</c>.
    /// </summary>
    public static OpGraph Build(IReadOnlyDictionary<string, Tensor> weights, int images = 1)
    {
        var g = new GraphBuilder(weights);
        Build(g, images);
        return g.Build();
    }

    /// <summary>Writes the graph from pixels.</summary>
    public static void Build(GraphBuilder g, int images = 1)
    {
        using GraphBuilder.Scope boxes = g.FullPrecision();
        Value image = g.Image("image");
        Value matrix = g.Input("matrix", DType.Float64, images, 3, 3);
        using (g.Stage("palm.input"))
        {
            Network(g, g.Tap("palm.input", g.WarpNormalize(image, matrix, Crops.UnitRange(InputSize, WarpBorder.Zero))));
        }
    }

    /// <summary>The graph from a sampled input <c>palm.input</c> [1, 3, 192, 192] in 0..1.</summary>
    public static OpGraph BuildFromInput(IReadOnlyDictionary<string, Tensor> weights)
    {
        var g = new GraphBuilder(weights);
        BuildFromInput(g);
        return g.Build();
    }

    /// <summary>Writes the graph from a sampled input.</summary>
    public static void BuildFromInput(GraphBuilder g)
    {
        using GraphBuilder.Scope boxes = g.FullPrecision();
        Network(g, g.Input("palm.input", 1, 3, InputSize, InputSize));
    }

    private static void Network(GraphBuilder g, Value x)
    {
        var layers = new TfliteLayers(g, "palm");

        // With four blocks a stage the first Down begins at op 18; with three, op 18 is an addition.
        int blocks = g.HasWeight("palm.op18.w") ? 4 : 3;
        Value c24, c12;
        using (g.Stage("palm.backbone"))
        {
            x = layers.PRelu(layers.Conv(x, stride: 2));
            x = Blocks(g, layers, x, blocks);                     // [N, 32, 96, 96]
            x = g.Tap("palm.down1", Down(g, layers, x));
            x = Blocks(g, layers, x, blocks);                     // [N, 64, 48, 48]
            x = Down(g, layers, x);
            c24 = g.Tap("palm.c24", Blocks(g, layers, x, blocks)); // [N, 128, 24, 24]
            x = Down(g, layers, c24);
            c12 = g.Tap("palm.c12", Blocks(g, layers, x, blocks)); // [N, 256, 12, 12]
            x = Down(g, layers, c12);
            x = Blocks(g, layers, x, blocks);                     // [N, 256, 6, 6]
        }

        using (g.Stage("palm.heads"))
        {
            Value p12 = g.Tap("palm.p12", Blocks(g, layers, Up(g, layers, x, c12), 2));
            Value scores16 = Head(g, layers, p12, 1);
            Value boxes16 = Head(g, layers, p12, 18);
            Value p24 = g.Tap("palm.p24", Blocks(g, layers, Up(g, layers, p12, c24), 2));
            Value scores8 = Head(g, layers, p24, 1);
            layers.Skip(); // the file joins the scores here
            Value boxes8 = Head(g, layers, p24, 18);
            g.Output("scores", g.Concat(1, scores8, scores16));
            g.Output("boxes", g.Concat(1, boxes8, boxes16));
        }
    }

    // B(c): y = PReLU(x + conv1x1(dw5x5(x)))
    private static Value Blocks(GraphBuilder g, TfliteLayers layers, Value x, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Value y = layers.Conv(layers.Depthwise(x));
            layers.Skip();
            x = layers.PRelu(g.Sum(x, y));
        }

        return x;
    }

    // Down(c -> d): y = PReLU(pad(maxpool(x)) + conv1x1(dw5x5 stride 2 (x)))
    private static Value Down(GraphBuilder g, TfliteLayers layers, Value x)
    {
        Value main = layers.Conv(layers.Depthwise(x, stride: 2));
        Value skip = g.MaxPool(x, 2, 2);
        int channels = g.ShapeOf(main)[1];
        bool wider = channels > g.ShapeOf(skip)[1];
        layers.Skip(wider ? 3 : 2);
        return layers.PRelu(g.Sum(wider ? g.PadChannels(skip, channels) : skip, main));
    }

    private static Value Up(GraphBuilder g, TfliteLayers layers, Value x, Value skip)
    {
        Shape size = g.ShapeOf(skip);
        layers.Skip();
        Value y = layers.PRelu(layers.Conv(g.Resize(x, size[2], size[3])));
        layers.Skip();
        return g.Sum(skip, y);
    }

    // A 1x1 convolution read cell by cell: [N, a k, H, W] -> [N, H W a, k]
    private static Value Head(GraphBuilder g, TfliteLayers layers, Value x, int values)
    {
        Value rows = g.PixelsToRows(layers.Conv(x));
        layers.Skip();
        Shape shape = g.ShapeOf(rows);
        return g.Reshape(rows, shape[0], shape[1] * shape[2] / values, values);
    }
}
