namespace HandMeshEngine.Compute.Graph;

/// <summary>Mean over square windows without padding, floor mode. [N, C, H, W].</summary>
public sealed record AveragePoolOp(int Window, int Stride) : Op("averagepool")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Either, SplitHalves.StoresAndReads, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Pooling.Infer(this, inputs, Window, Stride, default);

    /// <inheritdoc/>
    public override string Describe() => $"k{Window} s{Stride}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Mean over windows.</summary>
    public Value AveragePool(Value x, int window, int stride) => Add(new AveragePoolOp(window, stride), x);
}
