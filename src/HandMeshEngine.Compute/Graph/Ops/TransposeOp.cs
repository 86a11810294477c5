using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Graph;

/// <summary>Swaps two axes; the values move.</summary>
public sealed record TransposeOp(int First, int Second) : Op
{
    /// <inheritdoc/>
    public override string Kind => "transpose";

    /// <inheritdoc/>
    internal override OpTraits Traits => new(
        ResultMemory.View, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var x = inputs[0].Shape;
        Require(First >= 0 && Second >= 0 && First < x.Rank && Second < x.Rank && First != Second, $"axes {First}, {Second} of {x}");
        return inputs[0] with { Shape = x.With(First, x[Second]).With(Second, x[First]) };
    }

    /// <inheritdoc/>
    public override string Describe() => $"{First}<->{Second}";
}
