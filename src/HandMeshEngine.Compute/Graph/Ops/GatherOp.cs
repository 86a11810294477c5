namespace HandMeshEngine.Compute.Graph;

/// <summary>Rows by index: x [N, V, C], index Int32 [M] -> [N, M, C] with out[m] = x[index[m]].</summary>
public sealed record GatherOp() : Op("gather")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: true, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    internal override IReadOnlyList<IndexTable> IndexTables => [new(1)];

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 1);
        return inputs[0] with { Shape = inputs[0].Shape.With(1, inputs[1].Shape[0]) };
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>Rows by index table.</summary>
    public Value Gather(Value x, Value index) => Add(new GatherOp(), x, index);
}
