namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// The neighbourhood sum of a graph isomorphism network: x [N, V, C] and the edges in CSR form (rows Int32 [V+1], columns
/// Int32 [E], both directions, no self loops), y_i = (1 + Epsilon) x_i + sum_{j in N(i)} x_j.
/// </summary>
public sealed record GinAggregateOp(float Epsilon) : Op("ginaggregate")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    internal override IReadOnlyList<IndexTable> IndexTables => [new(1, Entries: 2), new(2)];

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 1);
        RequireRank(inputs, 2, 1);
        Require(inputs[1].Shape[0] == inputs[0].Shape[1] + 1, $"{inputs[1].Shape[0]} row starts for {inputs[0].Shape}");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape[0] * output.Shape[2] * (output.Shape[1] + inputs[2].Shape[0]);
}

public sealed partial class GraphBuilder
{
    /// <summary>(1 + epsilon) x_i + sum of neighbours; edges in CSR form.</summary>
    public Value GinAggregate(Value x, Value rows, Value columns, float epsilon) =>
        Add(new GinAggregateOp(epsilon), x, rows, columns);
}
