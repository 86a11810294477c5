namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Adaptive depth bins (AdaBins): y [N, B] and range [2] = (low, high) -> centres [N, B]. Widths
/// b_i = (relu(y_i) + Epsilon) / sum_j (relu(y_j) + Epsilon); centre_i = low + (high - low) (b_i / 2 + sum_{j&lt;i} b_j).
/// </summary>
public sealed record BinCentersOp(float Epsilon) : Op("bincenters")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: true, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 2);
        Require(inputs.Count == 2 && inputs[1].Shape.Count == 2, "expected y and a range of two numbers");
        return inputs[0];
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Adaptive bin centres between the two numbers of <paramref name="range"/>.</summary>
    public Value BinCenters(Value y, Value range, float epsilon) => Add(new BinCentersOp(epsilon), y, range);
}
