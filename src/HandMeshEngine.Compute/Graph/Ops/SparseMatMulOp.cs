namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// A fixed sparse matrix in ELL form times vertex features: x [N, V, C], index Int32 [M, W], value [M, W] -> [N, M, C],
/// y[m] = sum_w value[m, w] x[index[m, w]]. Up-sampling, joint regressors, Laplacians. Padding entries have value 0.
/// </summary>
public sealed record SparseMatMulOp() : Op("sparsematmul")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    internal override IReadOnlyList<IndexTable> IndexTables => [new(1)];

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 2);
        Require(inputs.Count == 3 && inputs[2].Shape.Equals(inputs[1].Shape), "index and value differ in shape");
        return inputs[0] with { Shape = inputs[0].Shape.With(1, inputs[1].Shape[0]) };
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[1].Shape[1];
}

public sealed partial class GraphBuilder
{
    /// <summary>Sparse matrix in ELL form (index, value [M, W]) times rows.</summary>
    public Value SparseMatMul(Value x, Value index, Value value) => Add(new SparseMatMulOp(), x, index, value);
}
