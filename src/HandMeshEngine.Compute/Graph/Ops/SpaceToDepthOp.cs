namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Moves 2x2 pixel blocks into channels: [N, C, H, W] -> [N, 4C, H/2, W/2], channel 4c + 2 (row parity) + (column parity).
/// </summary>
public sealed record SpaceToDepthOp() : Op("spacetodepth")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        var x = inputs[0].Shape;
        Require(x[2] % 2 == 0 && x[3] % 2 == 0, $"{x} has an odd side");
        return TensorType.Float(x[0], 4 * x[1], x[2] / 2, x[3] / 2);
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>2x2 blocks into channels.</summary>
    public Value SpaceToDepth(Value x) => Add(new SpaceToDepthOp(), x);
}
