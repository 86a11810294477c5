namespace HandMeshEngine.Compute.Graph;

/// <summary>The expected bin index under a softmax: [..., B] -> [...], sum_i i softmax(x)_i.</summary>
public sealed record SoftArgmaxOp() : Op("softargmax")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: true, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 1 && inputs[0].Shape.Rank is 2 or 3, "expected one value of rank 2 or 3");
        return new TensorType(inputs[0].Type, new Shape(inputs[0].Shape.Extents[..^1]));
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Expected bin under a softmax over the last axis.</summary>
    public Value SoftArgmax(Value x) => Add(new SoftArgmaxOp(), x);
}
