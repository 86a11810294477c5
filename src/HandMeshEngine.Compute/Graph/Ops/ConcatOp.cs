namespace HandMeshEngine.Compute.Graph;

/// <summary>Joins values along one axis (not the batch axis).</summary>
public sealed record ConcatOp(int Axis) : Op("concat")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(
        ResultMemory.AnyPitch,
        OperandPrecision.Plan,
        Axis == 1 ? SplitHalves.Joins : SplitHalves.None,
        MovesOnly: true,
        AlwaysFloat32: false,
        FusesSumAndAffine: false,
        IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count > 0, "nothing to join");
        var first = inputs[0].Shape;
        Require(Axis > 0 && Axis < first.Rank, $"axis {Axis} of {first}");
        int sum = 0;
        foreach (TensorType input in inputs)
        {
            Require(
                input.Type == inputs[0].Type && input.Shape.Rank == first.Rank
                && input.Shape.With(Axis, first[Axis]).Equals(first),
                $"{input} does not join {inputs[0]} along axis {Axis}");
            sum += input.Shape[Axis];
        }

        return inputs[0] with { Shape = first.With(Axis, sum) };
    }

    /// <inheritdoc/>
    public override string Describe() => $"axis {Axis}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Joins values along an axis (channels by default).</summary>
    public Value Concat(int axis, params ReadOnlySpan<Value> values) => Add(new ConcatOp(axis), values);
}
