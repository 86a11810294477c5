namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Which products a plan in bf16 rounds: their operands become bf16, everything else stays float32, the sums too. Processors and the reference
/// ask here, so that they round the same numbers.
/// </summary>
internal static class BFloat16Products
{
    // Below, loading and converting cost more than the products save.
    private const int FewestChannels = 16;

    /// <summary>Whether a node is a product that the model lets a plan round.</summary>
    public static bool Allows(Node node) =>
        node.Rounding is (Rounding.Everywhere or Rounding.Operands) && node.Op.Traits.IsBFloat16Product;

    /// <summary>Whether a node's first operand and its weight are rounded; the weight is the last operand before those of the epilogue.</summary>
    public static bool Rounds(OpGraph graph, Node node)
    {
        if (!Allows(node))
        {
            return false;
        }

        // Pairs of channels are multiplied together.
        Shape input = graph.Nodes[node.Inputs[0]].Type.Shape;
        int channels = input[AffineOp.ChannelAxis(input)];
        return channels >= FewestChannels && channels % 2 == 0;
    }
}
