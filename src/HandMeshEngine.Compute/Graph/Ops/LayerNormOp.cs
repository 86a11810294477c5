namespace HandMeshEngine.Compute.Graph;

/// <summary>Layer normalisation over the last axis: inputs x [N, V, C], gain [C], bias [C]; biased variance.</summary>
public sealed record LayerNormOp(float Epsilon) : Op
{
    /// <inheritdoc/>
    public override string Kind => "layernorm";

    /// <inheritdoc/>
    internal override OpTraits Traits => new(
        ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 3, $"{inputs.Count} inputs, expected x, gain, bias");
        Require(inputs[1].Shape.Count == inputs[0].Shape[-1] && inputs[2].Shape.Count == inputs[0].Shape[-1], "gain or bias does not fit");
        return inputs[0];
    }
}
