namespace HandMeshEngine.Compute.Passes;

/// <summary>Computes one op on constants.</summary>
internal delegate Tensor ConstantEvaluator(Op op, Tensor[] inputs, TensorType type);

/// <summary>Replaces nodes whose operands are all constants by their value.</summary>
internal static class ConstantFolding
{
    public static OpGraph Run(OpGraph graph, ConstantEvaluator evaluate)
    {
        var rewriter = new GraphRewriter(graph);
        foreach (Node node in graph.Nodes)
        {
            Tensor[]? constants = Constants(node, rewriter);
            if (constants is null)
            {
                rewriter.Keep(node);
            }
            else
            {
                rewriter.Put(node, new ConstantOp($"folded.{node.Op.Kind}", evaluate(node.Op, constants, node.Type)), []);
            }
        }

        return rewriter.Finish();
    }

    private static Tensor[]? Constants(Node node, GraphRewriter rewriter)
    {
        if (node.Inputs.Count == 0)
        {
            return null;
        }

        var tensors = new Tensor[node.Inputs.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            if (rewriter.New(rewriter.Mapped(node.Inputs[i])).Op is not ConstantOp constant)
            {
                return null;
            }

            tensors[i] = constant.Tensor;
        }

        return tensors;
    }
}
