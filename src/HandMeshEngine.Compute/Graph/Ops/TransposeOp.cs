namespace HandMeshEngine.Compute.Graph;

/// <summary>Swaps two axes; the values move.</summary>
public sealed record TransposeOp(int First, int Second) : Op("transpose")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.View, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

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

public sealed partial class GraphBuilder
{
    /// <summary>Swaps two axes.</summary>
    public Value Transpose(Value x, int first, int second) => Add(new TransposeOp(first, second), x);

    /// <summary>Maps to vertex-major rows: [N, C, H, W] -> [N, H W, C], pixels row-major.</summary>
    public Value PixelsToRows(Value x)
    {
        Shape shape = ShapeOf(x);
        return Transpose(Reshape(x, shape[0], shape[1], shape[2] * shape[3]), 1, 2);
    }
}
