namespace HandMeshEngine.Compute.Passes;

/// <summary>Turns batch norms into affines, and affines into the weights of the op before them.</summary>
internal static class BatchNormFolding
{
    /// <summary>gain (x - mean) / sqrt(variance + eps) + bias = scale x + shift, computed in double.</summary>
    public static OpGraph ToAffine(OpGraph graph)
    {
        var rewriter = new GraphRewriter(graph);
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is not BatchNormOp norm || Enumerable.Range(1, 4).Any(i => graph.Nodes[node.Inputs[i]].Op is not ConstantOp))
            {
                rewriter.Keep(node);
                continue;
            }

            Tensor Operand(int i) => ((ConstantOp)graph.Nodes[node.Inputs[i]].Op).Tensor;
            Tensor gain = Operand(1), bias = Operand(2), mean = Operand(3), variance = Operand(4);
            var scale = new Tensor(DType.Float32, gain.Shape);
            var shift = new Tensor(DType.Float32, gain.Shape);
            for (int c = 0; c < gain.Shape.Count; c++)
            {
                double factor = gain[c] / Math.Sqrt(variance[c] + norm.Epsilon);
                scale.Span<float>()[c] = (float)factor;
                shift.Span<float>()[c] = (float)(bias[c] - (mean[c] * factor));
            }

            string name = ((ConstantOp)graph.Nodes[node.Inputs[1]].Op).Name;
            rewriter.Put(
                node,
                new AffineOp(Activation.None),
                [rewriter.Mapped(node.Inputs[0]), rewriter.Insert(node, name + ".scale", scale), rewriter.Insert(node, name + ".shift", shift)]);
        }

        return rewriter.Finish();
    }

    /// <summary>An affine that alone reads an op with weights, with nothing fused yet but a bias, goes into them.</summary>
    public static OpGraph IntoWeights(OpGraph graph)
    {
        FusionSites sites = new(graph);
        var producers = new Dictionary<int, Node>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is AffineOp { Activation.Kind: not ActivationKind.PRelu }
                && sites.SoleProducer(node, 0) is { Op: IEpilogueOp { Epilogue: { Residual: false, Activation.Kind: ActivationKind.None } } } producer
                && AllConstant(graph, producer, 1) && AllConstant(graph, node, 1))
            {
                producers.Add(node.Id, producer);
            }
        }

        return sites.Rewrite(producers, (rewriter, node, producer) => Fold(graph, rewriter, node, producer));
    }

    private static bool AllConstant(OpGraph graph, Node node, int from) =>
        node.Inputs.Skip(from).All(id => graph.Nodes[id].Op is ConstantOp);

    private static void Fold(OpGraph graph, GraphRewriter rewriter, Node affine, Node producer)
    {
        var op = (IEpilogueOp)producer.Op;
        var weight = (ConstantOp)graph.Nodes[producer.Inputs[op.OwnInputs - 1]].Op;
        Tensor scale = ((ConstantOp)graph.Nodes[affine.Inputs[1]].Op).Tensor;
        Tensor shift = ((ConstantOp)graph.Nodes[affine.Inputs[2]].Op).Tensor;
        Tensor? bias = op.Epilogue.Bias ? ((ConstantOp)graph.Nodes[producer.Inputs[op.OwnInputs]].Op).Tensor : null;

        // Output channels are axis 1 of a transposed convolution's weight and axis 0 of every other.
        int axis = producer.Op is ConvTranspose2dOp ? 1 : 0;
        int inner = weight.Tensor.Shape.CountOf(axis + 1, weight.Tensor.Shape.Rank);
        int channels = weight.Tensor.Shape[axis];
        var scaled = new Tensor(DType.Float32, weight.Tensor.Shape);
        ReadOnlySpan<float> from = weight.Tensor.Span<float>();
        Span<float> to = scaled.Span<float>();
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = (float)(from[i] * (double)scale.Span<float>()[i / inner % channels]);
        }

        var shifted = new Tensor(DType.Float32, new Shape(channels));
        for (int c = 0; c < channels; c++)
        {
            shifted.Span<float>()[c] = (float)(((bias is null ? 0 : bias[c]) * scale[c]) + shift[c]);
        }

        Op folded = op.With(op.Epilogue with { Bias = true, Activation = ((AffineOp)affine.Op).Activation });
        int[] inputs =
        [
            .. producer.Inputs.Take(op.OwnInputs - 1).Select(rewriter.Mapped),
            rewriter.Insert(producer, weight.Name, scaled),
            rewriter.Insert(producer, weight.Name + ".bias", shifted),
        ];
        rewriter.Alias(affine, rewriter.Insert(producer, folded, inputs));
    }
}
