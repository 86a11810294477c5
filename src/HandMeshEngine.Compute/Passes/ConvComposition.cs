namespace HandMeshEngine.Compute.Passes;

/// <summary>
/// Multiplies a 1x1 convolution that nothing non-linear follows into the convolutions that read it, where that saves arithmetic:
/// W = W2 W1, b = b2 + W2 b1. Only consumers without padding qualify, because a padded pixel has no b1.
/// </summary>
internal static class ConvComposition
{
    public static OpGraph Run(OpGraph graph)
    {
        Dictionary<int, Node> producers = Producers(graph);
        var fused = producers.Values.Select(node => node.Id).ToHashSet();
        var rewriter = new GraphRewriter(graph);
        foreach (Node node in graph.Nodes)
        {
            if (producers.TryGetValue(node.Id, out Node? producer))
            {
                Compose(graph, rewriter, node, producer);
            }
            else if (!fused.Contains(node.Id))
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }

    /// <summary>The convolutions to rewrite and the 1x1 convolution that each of them fuses.</summary>
    private static Dictionary<int, Node> Producers(OpGraph graph)
    {
        var uses = new Uses(graph);
        var producers = new Dictionary<int, Node>();
        foreach (Node node in graph.Nodes)
        {
            Node[] readers = [.. uses.Of(node.Id).Select(use => use.Reader).Distinct()];
            if (IsPointwise(graph, node) && !producers.ContainsKey(node.Id) && !uses.IsNamed(node.Id)
                && readers.Length > 0 && readers.All(reader => CanFuse(graph, reader, node)) && Saves(graph, node, readers))
            {
                foreach (Node reader in readers)
                {
                    producers.Add(reader.Id, node);
                }
            }
        }

        return producers;
    }

    private static bool IsPointwise(OpGraph graph, Node node) =>
        node.Op is Conv2dOp { Stride: 1, Groups: 1, Epilogue: { Residual: false, Activation.Kind: ActivationKind.None } } conv
        && conv.Padding == Padding.Same(0) && graph.Nodes[node.Inputs[1]].Type.Shape.CountOf(2, 4) == 1 && IsConstant(graph, node);

    private static bool CanFuse(OpGraph graph, Node reader, Node producer) =>
        reader.Op is Conv2dOp { Groups: 1 } conv && conv.Padding == Padding.Same(0) && IsConstant(graph, reader)
        && reader.Rounding == producer.Rounding && reader.Inputs.Skip(1).All(input => input != producer.Id);

    // Weight and bias.
    private static bool IsConstant(OpGraph graph, Node node) =>
        node.Inputs.Skip(1).Take(((IEpilogueOp)node.Op).Epilogue.Bias ? 2 : 1).All(id => graph.Nodes[id].Op is ConstantOp);

    private static bool Saves(OpGraph graph, Node producer, Node[] readers)
    {
        Shape weight = graph.Nodes[producer.Inputs[1]].Type.Shape;
        long saved = producer.Op.MultiplyAdds(graph.InputTypes(producer), producer.Type);
        foreach (Node reader in readers)
        {
            long cost = reader.Op.MultiplyAdds(graph.InputTypes(reader), reader.Type);
            saved += cost - (cost / weight[0] * weight[1]);
        }

        return saved > 0;
    }

    private static void Compose(OpGraph graph, GraphRewriter rewriter, Node reader, Node producer)
    {
        var conv = (Conv2dOp)reader.Op;
        Tensor outer = Constant(graph, reader, 1), inner = Constant(graph, producer, 1);
        Tensor? outerBias = conv.Epilogue.Bias ? Constant(graph, reader, 2) : null;
        Tensor? innerBias = ((Conv2dOp)producer.Op).Epilogue.Bias ? Constant(graph, producer, 2) : null;
        (int outputs, int middle, int inputs, int taps) = (outer.Shape[0], outer.Shape[1], inner.Shape[1], outer.Shape.CountOf(2, 4));
        var weight = new Tensor(DType.Float32, outer.Shape.With(1, inputs));
        var bias = new Tensor(DType.Float32, new Shape(outputs));
        var row = new double[inputs];
        for (int o = 0; o < outputs; o++)
        {
            double shift = outerBias is null ? 0 : outerBias.Span<float>()[o];
            for (int tap = 0; tap < taps; tap++)
            {
                Array.Clear(row);
                for (int m = 0; m < middle; m++)
                {
                    double factor = outer.Span<float>()[(((o * middle) + m) * taps) + tap];
                    ReadOnlySpan<float> values = inner.Span<float>().Slice(m * inputs, inputs);
                    for (int c = 0; c < inputs; c++)
                    {
                        row[c] += factor * values[c];
                    }

                    shift += innerBias is null ? 0 : factor * innerBias.Span<float>()[m];
                }

                for (int c = 0; c < inputs; c++)
                {
                    weight.Span<float>()[(((o * inputs) + c) * taps) + tap] = (float)row[c];
                }
            }

            bias.Span<float>()[o] = (float)shift;
        }

        string name = $"{((ConstantOp)graph.Nodes[reader.Inputs[1]].Op).Name} * {((ConstantOp)graph.Nodes[producer.Inputs[1]].Op).Name}";
        rewriter.Put(
            reader,
            conv.With(conv.Epilogue with { Bias = true }),
            [
                rewriter.Mapped(producer.Inputs[0]),
                rewriter.Insert(reader, name, weight),
                rewriter.Insert(reader, name + ".bias", bias),
                .. reader.Inputs.Skip(conv.Epilogue.Bias ? 3 : 2).Select(rewriter.Mapped),
            ]);
    }

    private static Tensor Constant(OpGraph graph, Node node, int operand) => ((ConstantOp)graph.Nodes[node.Inputs[operand]].Op).Tensor;
}
