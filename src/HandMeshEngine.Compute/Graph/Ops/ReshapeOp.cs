namespace HandMeshEngine.Compute.Graph;

/// <summary>The same values in row-major order of their logical axes under another shape.</summary>
public sealed record ReshapeOp(Shape Target) : Op("reshape")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.View, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs[0].Shape.Count == Target.Count, $"{inputs[0].Shape} cannot become {Target}");
        return inputs[0] with { Shape = Target };
    }

    /// <inheritdoc/>
    public override string Describe() => Target.ToString();
}

public sealed partial class GraphBuilder
{
    /// <summary>The same values under another shape.</summary>
    public Value Reshape(Value x, params ReadOnlySpan<int> extents) => Add(new ReshapeOp(new Shape(extents)), x);
}
