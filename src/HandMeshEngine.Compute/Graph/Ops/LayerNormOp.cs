namespace HandMeshEngine.Compute.Graph;

/// <summary>Layer normalisation over the last axis: inputs x [N, V, C], gain [C], bias [C]; biased variance.</summary>
public sealed record LayerNormOp(float Epsilon) : Op("layernorm")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 3, $"{inputs.Count} inputs, expected x, gain, bias");
        Require(inputs[1].Shape.Count == inputs[0].Shape[-1] && inputs[2].Shape.Count == inputs[0].Shape[-1], "gain or bias does not fit");
        return inputs[0];
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Layer normalisation with the parameters <c>prefix.{weight, bias}</c>.</summary>
    public Value LayerNorm(Value x, string prefix, float epsilon = 1e-5f) =>
        Add(new LayerNormOp(epsilon), x, Parameter(prefix + ".weight"), Parameter(prefix + ".bias"));
}
