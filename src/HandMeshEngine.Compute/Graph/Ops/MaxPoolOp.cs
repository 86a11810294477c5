namespace HandMeshEngine.Compute.Graph;

/// <summary>Maximum over square windows, floor mode; padding never wins (counts as minus infinity). [N, C, H, W].</summary>
public sealed record MaxPoolOp(int Window, int Stride, Padding Padding) : Op("maxpool")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Either, SplitHalves.StoresAndReads, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Pooling.Infer(this, inputs, Window, Stride, Padding);

    /// <inheritdoc/>
    public override string Describe() => $"k{Window} s{Stride} p{Padding}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Maximum over windows.</summary>
    public Value MaxPool(Value x, int window, int stride, int padding = 0) =>
        Add(new MaxPoolOp(window, stride, Padding.Same(padding)), x);
}
