namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The layers of a converted .tflite network, taken in file order: weights are keyed <c>prefix.op{i}.{w, b, alpha}</c> by the
/// position of their op, so a model that walks its blocks in order needs no other name. Changes TensorFlow's weight
/// layouts (convolution [O, kh, kw, I], depth-wise [1, kh, kw, C]) to the graph's.
/// </summary>
internal sealed class TfliteLayers(GraphBuilder graph, string prefix)
{
    private int _op;

    /// <summary>Convolution with bias and SAME padding; a 1x1 convolution pads nothing.</summary>
    public Value Conv(Value x, int stride = 1)
    {
        string key = Next();
        Tensor weight = graph.Weight(key + ".w").ToFloat32();
        Shape shape = weight.Shape;
        Tensor turned = Turn(weight, shape[0], shape[1] * shape[2], shape[3], new Shape(shape[0], shape[3], shape[1], shape[2]));
        return Conv(x, key, turned, stride, 1);
    }

    /// <summary>Depth-wise convolution with bias and SAME padding.</summary>
    public Value Depthwise(Value x, int stride = 1)
    {
        string key = Next();
        Tensor weight = graph.Weight(key + ".w").ToFloat32();
        Shape shape = weight.Shape;
        Tensor turned = Turn(weight, 1, shape[1] * shape[2], shape[3], new Shape(shape[3], 1, shape[1], shape[2]));
        return Conv(x, key, turned, stride, shape[3]);
    }

    /// <summary>Parametric ReLU, one slope per channel.</summary>
    public Value PRelu(Value x)
    {
        string key = Next() + ".alpha";
        Tensor slope = graph.Weight(key).ToFloat32();
        return graph.Add(new ActivationOp(Activation.PRelu), x, graph.Constant(key, slope.Reshape(new Shape(slope.Shape.Count))));
    }

    /// <summary>Fully connected layer.</summary>
    public Value Linear(Value x)
    {
        string key = Next();
        return graph.Linear(x, key + ".w", key + ".b");
    }

    /// <summary>Steps over ops without weights.</summary>
    public void Skip(int ops = 1) => _op += ops;

    private Value Conv(Value x, string key, Tensor weight, int stride, int groups)
    {
        Shape map = graph.ShapeOf(x);
        Padding padding = Padding.TensorFlowSame(map[2], map[3], weight.Shape[2], stride);
        return graph.Conv2d(x, graph.Constant(key + ".w", weight), graph.Parameter(key + ".b"), stride, padding, groups);
    }

    private string Next() => string.Create(CultureInfo.InvariantCulture, $"{prefix}.op{_op++}");

    // [outer, a, b] -> [outer, b, a] under another shape.
    private static Tensor Turn(Tensor weight, int outer, int a, int b, Shape shape)
    {
        var turned = new Tensor(DType.Float32, shape);
        ReadOnlySpan<float> from = weight.Span<float>();
        Span<float> to = turned.Span<float>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < a; i++)
            {
                for (int j = 0; j < b; j++)
                {
                    to[(((o * b) + j) * a) + i] = from[(((o * a) + i) * b) + j];
                }
            }
        }

        return turned;
    }
}
