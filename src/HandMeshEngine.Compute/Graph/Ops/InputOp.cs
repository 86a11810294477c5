namespace HandMeshEngine.Compute.Graph;

/// <summary>A tensor that the caller writes before each run.</summary>
public sealed record InputOp(string Name, TensorType Declared) : Op("input")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Given, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Declared;

    /// <inheritdoc/>
    public override string Describe() => Name;
}
