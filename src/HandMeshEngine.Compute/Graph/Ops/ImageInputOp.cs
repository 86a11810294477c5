namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// An 8-bit image of any size that the caller hands over before each run; only <see cref="WarpNormalizeOp"/> reads it.
/// Its type is the placeholder UInt8[].
/// </summary>
public sealed record ImageInputOp(string Name) : Op("image")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Given, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => new(DType.UInt8, Shape.Scalar);

    /// <inheritdoc/>
    public override string Describe() => Name;
}
