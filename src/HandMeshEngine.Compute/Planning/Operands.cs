namespace HandMeshEngine.Compute.Planning;

/// <summary>What a backend demands of the operands and results of a graph; each refusal names the backend and the node.</summary>
/// <param name="graph">The graph.</param>
/// <param name="backend">The backend's name.</param>
internal sealed class Operands(OpGraph graph, string backend)
{
    /// <summary>The tensor of an operand that must be known when the plan is made.</summary>
    /// <exception cref="GraphException">It is not constant.</exception>
    public Tensor Constant(Node node, int operand, string what) => graph.Nodes[node.Inputs[operand]].Op is ConstantOp constant
        ? constant.Tensor
        : throw new GraphException($"the {backend} backend needs a constant {what} for {node.Op.Kind} (node {node.Id})");

    /// <summary>The tensor of a node that is read as floats, and that no step computes.</summary>
    /// <exception cref="GraphException">It is no constant of floats.</exception>
    public Tensor ConstantFloats(Node node) => node.Op is ConstantOp { Tensor: { Type: DType.Float32 } tensor }
        ? tensor
        : throw new GraphException($"the {backend} backend cannot use {node.Op.Kind} {node.Op.Describe()} of type {node.Type} as floats");

    /// <summary>Throws unless a node's result can be given to the caller.</summary>
    /// <exception cref="GraphException">It is no float.</exception>
    public void RequireResult(Node node)
    {
        if (node.Type.Type != DType.Float32 || node.Op is ImageInputOp)
        {
            throw new GraphException($"the result of {node.Op.Kind} is {node.Type}; the {backend} backend returns floats only");
        }
    }
}
