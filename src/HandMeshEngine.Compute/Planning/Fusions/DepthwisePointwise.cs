namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Depth-wise convolutions that the step of the 1x1 convolution which alone reads them can compute.</summary>
internal static class DepthwisePointwise
{
    /// <summary>The 1x1 convolutions by the convolution in groups before them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="uses">Who reads what.</param>
    /// <param name="multiplies">Whether the backend has a kernel that multiplies rows which it computes itself with a node's weights.</param>
    public static Dictionary<int, Node> Find(OpGraph graph, Uses uses, Func<Node, bool> multiplies)
    {
        var readers = new Dictionary<int, Node>();
        foreach (Node node in graph.Nodes)
        {
            if (IsPointwise(graph, node) && uses.SoleProducer(node, 0) is { Op: Conv2dOp { Groups: > 1 } } before && multiplies(node))
            {
                readers.Add(before.Id, node);
            }
        }

        return readers;
    }

    /// <summary>Whether each pixel of a node's result is a product of one pixel of its operand.</summary>
    public static bool IsPointwise(OpGraph graph, Node node) =>
        node.Op is Conv2dOp { Groups: 1, Stride: 1 } op && op.Padding == default && graph.Nodes[node.Inputs[1]].Type.Shape.CountOf(2, 4) == 1;

    /// <summary>Whether a convolution in groups is a depth-wise one that can be computed pixel by pixel on the way to its reader.</summary>
    public static bool CanJoin(OpGraph graph, Node depthwise)
    {
        Shape taps = graph.Nodes[depthwise.Inputs[1]].Type.Shape;
        return depthwise.Op is Conv2dOp { Epilogue: not { Residual: true } and not { Activation.Kind: ActivationKind.PRelu } }
            && taps[1] == 1 && taps[0] == graph.Nodes[depthwise.Inputs[0]].Type.Shape[1];
    }

    /// <summary>
    /// Pixels from the start of the first row of the input that a tile of output pixels reads to the end of the last one, for the tile
    /// where these are most.
    /// </summary>
    /// <param name="input">The map that the depth-wise convolution reads.</param>
    /// <param name="output">The map that it makes.</param>
    /// <param name="op">Its stride, padding and dilation.</param>
    /// <param name="kernel">Rows of its window.</param>
    /// <param name="pixels">Output pixels of a tile.</param>
    public static int PatchPixels(Shape input, Shape output, Conv2dOp op, int kernel, int pixels)
    {
        int most = 0, ofImage = output[2] * output[3], total = output[0] * ofImage;
        int Row(int pixel) => (pixel % ofImage / output[3] * op.Stride) - op.Padding.Top;
        for (int first = 0; first < total; first += pixels)
        {
            int last = Math.Min(first + pixels, total) - 1;
            int start = (first / ofImage * input[2]) + Math.Max(Row(first), 0);
            int end = (last / ofImage * input[2]) + Math.Min(Row(last) + ((kernel - 1) * op.Dilation), input[2] - 1) + 1;
            most = Math.Max(most, (end - start) * input[3]);
        }

        return most;
    }
}
