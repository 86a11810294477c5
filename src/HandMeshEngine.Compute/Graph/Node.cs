namespace HandMeshEngine.Compute.Graph;

/// <summary>One op at its place in a graph.</summary>
/// <param name="Id">Position in <see cref="OpGraph.Nodes"/>; inputs have smaller ids.</param>
/// <param name="Op">What is computed.</param>
/// <param name="Inputs">Ids of the operands, in the op's order.</param>
/// <param name="Type">Type of the result.</param>
/// <param name="Stage">The model's stage this node belongs to, for example <c>backbone</c>.</param>
/// <param name="Rounding">What a plan in fp16 may round.</param>
public sealed record Node(
    int Id, Op Op, IReadOnlyList<int> Inputs, TensorType Type, string Stage, Rounding Rounding)
{
    /// <summary>True where a model asks for float32 whatever the plan's precision.</summary>
    public bool FullPrecision => Rounding == Rounding.Nowhere;
}
