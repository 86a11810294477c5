namespace HandMeshEngine.Compute.Graph;

/// <summary>A contiguous range of one axis (not the batch axis).</summary>
public sealed record SliceOp(int Axis, int Start, int Length) : Op("slice")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.View, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var x = inputs[0].Shape;
        Require(Axis > 0 && Axis < x.Rank, $"axis {Axis} of {x}");
        Require(Start >= 0 && Length > 0 && Start + Length <= x[Axis], $"{Start}+{Length} of {x} along axis {Axis}");
        return inputs[0] with { Shape = x.With(Axis, Length) };
    }

    /// <inheritdoc/>
    public override string Describe() => $"axis {Axis} {Start}+{Length}";
}

public sealed partial class GraphBuilder
{
    /// <summary>A range of one axis.</summary>
    public Value Slice(Value x, int axis, int start, int length) => Add(new SliceOp(axis, start, length), x);
}
