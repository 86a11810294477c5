namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Batched matrix product: a [N, M, K] or [M, K] times b [N, K, P] or [K, P] -> [N, M, P]. A rank-2 operand serves every
/// item of the batch; at least one operand has rank 3.
/// </summary>
public sealed record MatMulOp() : Op("matmul")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 2, 3);
        RequireRank(inputs, 1, 2, 3);
        var a = inputs[0].Shape;
        var b = inputs[1].Shape;
        Require(a.Rank == 3 || b.Rank == 3, "one operand must have a batch axis");
        Require(a[-1] == b[-2], $"{a} times {b}");
        Require(a.Rank != 3 || b.Rank != 3 || a[0] == b[0], $"batches of {a} and {b} differ");
        return TensorType.Float(a.Rank == 3 ? a[0] : b[0], a[-2], b[-1]);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[0].Shape[-1];
}

public sealed partial class GraphBuilder
{
    /// <summary>Batched matrix product.</summary>
    public Value MatMul(Value a, Value b) => Add(new MatMulOp(), a, b);
}
