namespace HandMeshEngine.Compute.Graph;

/// <summary>An element-wise function alone; PReLU takes its slopes [C] as a second input (channels: axis 1 of maps, else last).</summary>
public sealed record ActivationOp(Activation Activation) : Op
{
    /// <inheritdoc/>
    public override string Kind => "activation";

    /// <inheritdoc/>
    internal override OpTraits Traits => new(
        ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        int expected = Activation.Kind == ActivationKind.PRelu ? 2 : 1;
        Require(inputs.Count == expected, $"{inputs.Count} inputs, expected {expected}");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => Activation.ToString();
}
