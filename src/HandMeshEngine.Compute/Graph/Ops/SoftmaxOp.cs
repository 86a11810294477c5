namespace HandMeshEngine.Compute.Graph;

/// <summary>Softmax over the last axis, the maximum subtracted first.</summary>
public sealed record SoftmaxOp() : Op("softmax")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 1 && inputs[0].Shape.Rank is >= 1 and <= 3, "expected one value of rank 1 to 3");
        return inputs[0];
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Softmax over the last axis.</summary>
    public Value Softmax(Value x) => Add(new SoftmaxOp(), x);
}
