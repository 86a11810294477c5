namespace HandMeshEngine.Compute.Graph;

/// <summary>A weight or table. Compared by reference: two constants are equal only if they share the tensor.</summary>
public sealed record ConstantOp(string Name, Tensor Tensor) : Op("constant")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Given, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => new(Tensor.Type, Tensor.Shape);

    /// <inheritdoc/>
    public override string Describe() => Name;
}
