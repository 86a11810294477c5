namespace HandMeshEngine.Compute.Graph;

/// <summary>What a sample reads outside the map.</summary>
public enum SampleBorder
{
    /// <summary>Each tap outside counts 0.</summary>
    Zero,

    /// <summary>The position is clamped to the map first.</summary>
    Clamp,
}

/// <summary>
/// Bilinear samples at points: map [N, C, H, W], points [N, P, 2] as (x, y) in pixel indices of the map (0 is the centre
/// of the first pixel) -> [N, P, C].
/// </summary>
public sealed record GridSampleOp(SampleBorder Border) : Op("gridsample")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        RequireRank(inputs, 1, 3);
        var map = inputs[0].Shape;
        var points = inputs[1].Shape;
        Require(points[0] == map[0] && points[2] == 2, $"points {points} on map {map}");
        return TensorType.Float(map[0], points[1], map[1]);
    }

    /// <inheritdoc/>
    public override string Describe() => Border.ToString().ToLowerInvariant();
}

public sealed partial class GraphBuilder
{
    /// <summary>Bilinear samples [N, P, C] of a map at points [N, P, 2] in its pixel indices.</summary>
    public Value GridSample(Value map, Value points, SampleBorder border) => Add(new GridSampleOp(border), map, points);
}
