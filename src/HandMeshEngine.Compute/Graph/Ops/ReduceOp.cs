namespace HandMeshEngine.Compute.Graph;

/// <summary>How a <see cref="ReduceOp"/> combines values.</summary>
public enum Reduction
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Sum.</summary>
    Sum,

    /// <summary>Largest value.</summary>
    Max,
}

/// <summary>Combines all values along a run of axes, which disappear: [N, C, H, W] over axes 2..3 -> [N, C].</summary>
/// <param name="Reduction">How.</param>
/// <param name="FirstAxis">First axis that goes.</param>
/// <param name="AxisCount">How many adjacent axes go.</param>
public sealed record ReduceOp(Reduction Reduction, int FirstAxis, int AxisCount) : Op("reduce")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Either, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var x = inputs[0].Shape;
        Require(FirstAxis > 0 && AxisCount > 0 && FirstAxis + AxisCount <= x.Rank, $"axes {FirstAxis}+{AxisCount} of {x}");
        int[] kept = [.. x.Extents[..FirstAxis], .. x.Extents[(FirstAxis + AxisCount)..]];
        return new TensorType(inputs[0].Type, new Shape(kept));
    }

    /// <inheritdoc/>
    public override string Describe() => $"{Reduction.ToString().ToLowerInvariant()} axes {FirstAxis}..{FirstAxis + AxisCount - 1}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Mean over all pixels: [N, C, H, W] -> [N, C].</summary>
    public Value GlobalMean(Value x) => Add(new ReduceOp(Reduction.Mean, 2, 2), x);

    /// <summary>Mean over the rows of [N, V, C]: [N, C].</summary>
    public Value MeanOfRows(Value x) => Reduce(x, Reduction.Mean, 1);

    /// <summary>Combines values along adjacent axes, which disappear.</summary>
    public Value Reduce(Value x, Reduction reduction, int firstAxis, int axisCount = 1) =>
        Add(new ReduceOp(reduction, firstAxis, axisCount), x);
}
