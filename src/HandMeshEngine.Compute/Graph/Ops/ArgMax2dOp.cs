namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// The largest value of each map: [N, J, H, W] -> [N, J, 3] = (x, y, value). The first in row-major order wins a tie.
/// </summary>
public sealed record ArgMax2dOp() : Op("argmax2d")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: true, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        return TensorType.Float(inputs[0].Shape[0], inputs[0].Shape[1], 3);
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Position and value of each map's maximum: [N, J, 3].</summary>
    public Value ArgMax2d(Value x) => Add(new ArgMax2dOp(), x);
}
