namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// The depth-wise half of a separable spiral convolution: x [N, V, C], index Int32 [M, L], weight [C, L] -> [N, M, C],
/// y[v, c] = sum_l x[index[v, l], c] weight[c, l].
/// </summary>
public sealed record SpiralDepthwiseOp() : Op("spiraldepthwise")
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
        RequireRank(inputs, 2, 2);
        var x = inputs[0].Shape;
        var index = inputs[1].Shape;
        var w = inputs[2].Shape;
        Require(w[0] == x[2] && w[1] == index[1], $"weight {w} for spirals {index} on {x}");
        return TensorType.Float(x[0], index[0], x[2]);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[1].Shape[1];
}

public sealed partial class GraphBuilder
{
    /// <summary>Depth-wise spiral convolution with index table [M, L] and weight [C, L].</summary>
    public Value SpiralDepthwise(Value x, Value index, Value weight) => Add(new SpiralDepthwiseOp(), x, index, weight);
}
