namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The hand landmark network (MediaPipe Hands, Zhang et al. 2020; docs/systems/mediapipe-hand.md 3.1): crops [N, 3, 224, 224] ->
/// <c>screen</c> [N, 63] (pixels of the crop), <c>presence</c> [N, 1], <c>right_hand</c> [N, 1], <c>world</c> [N, 63] (metres).
/// MobileNet-v2 style; widths are read from the weights, so full and lite are one description.
/// </summary>
internal static class HandLandmarks
{
    /// <summary>Side of the network's input.</summary>
    public const int InputSize = 224;

    // The number of each group's first MB block in the table of docs/systems/mediapipe-hand.md 3.1, its stride, and how many residual blocks follow it.
    private static readonly (int Block, int Stride, int Residuals)[] _groups =
        [(1, 2, 1), (3, 2, 1), (5, 2, 2), (8, 1, 2), (11, 2, 3)];

    /// <summary>The graph from pixels for a fixed number of crops: inputs <c>image</c> and <c>matrix</c> [N, 3, 3].</summary>
    public static OpGraph Build(IReadOnlyDictionary<string, Tensor> weights, int crops)
    {
        var g = new GraphBuilder(weights);
        Build(g, crops);
        return g.Build();
    }

    /// <summary>Writes the graph from pixels.</summary>
    public static void Build(GraphBuilder g, int crops)
    {
        Value image = g.Image("image");
        Value matrix = g.Input("matrix", DType.Float64, crops, 3, 3);
        using (g.Stage("hand.input"))
        {
            Network(g, g.Tap("hand.input", g.WarpNormalize(image, matrix, Crops.UnitRange(InputSize, WarpBorder.Replicate))));
        }
    }

    /// <summary>The graph from a sampled input <c>hand.input</c> [1, 3, 224, 224] in 0..1.</summary>
    public static OpGraph BuildFromInput(IReadOnlyDictionary<string, Tensor> weights)
    {
        var g = new GraphBuilder(weights);
        BuildFromInput(g);
        return g.Build();
    }

    /// <summary>Writes the graph from a sampled input.</summary>
    public static void BuildFromInput(GraphBuilder g) => Network(g, g.Input("hand.input", 1, 3, InputSize, InputSize));

    private static void Network(GraphBuilder g, Value x)
    {
        var layers = new TfliteLayers(g, "hand");
        using (g.Stage("hand.backbone"))
        {
            x = g.Relu6(layers.Conv(x, stride: 2));
            x = g.Relu6(layers.Depthwise(x));
            x = layers.Conv(x); // [N, 16, 112, 112]

            // Block 1: the lite net keeps 16 channels and adds the pooled stem.
            bool pooled = !g.HasWeight("hand.op4.w");
            Value stem = x;
            x = g.Relu6(layers.Conv(x));
            layers.Skip(pooled ? 1 : 0);
            x = layers.Conv(g.Relu6(layers.Depthwise(x, stride: 2)));
            if (pooled)
            {
                layers.Skip();
                x = g.Sum(x, g.MaxPool(stem, 2, 2));
            }

            foreach ((int block, int stride, int residuals) in _groups)
            {
                x = block == 1 ? x : Block(g, layers, x, stride);
                g.Tap($"hand.block{block}", x);
                for (int i = 0; i < residuals; i++)
                {
                    Value y = Block(g, layers, x, 1);
                    layers.Skip();
                    x = g.Sum(y, x);
                }
            }
        }

        using (g.Stage("hand.heads"))
        {
            x = g.Relu6(layers.Depthwise(g.Relu6(layers.Conv(x)), 1));
            layers.Skip();
            x = g.Tap("hand.features", g.GlobalMean(x));
            Value right = g.Sigmoid(layers.Linear(x));
            layers.Skip();
            Value presence = g.Sigmoid(layers.Linear(x));
            layers.Skip();
            g.Output("screen", layers.Linear(x));
            g.Output("world", layers.Linear(x));
            g.Output("presence", presence);
            g.Output("right_hand", right);
        }
    }

    // MB(e, k, s, o): 1x1 to e, relu6; depth-wise k x k stride s, relu6; 1x1 to o, linear.
    private static Value Block(GraphBuilder g, TfliteLayers layers, Value x, int stride)
    {
        x = g.Relu6(layers.Conv(x));
        x = g.Relu6(layers.Depthwise(x, stride));
        return layers.Conv(x);
    }
}
