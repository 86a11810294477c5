namespace HandMeshEngine.Compute.Backends.Cpu.Products;

/// <summary>What a layer reads and writes beside its weights: output = activation(layer(input) + residual).</summary>
internal sealed record LayerOperands(View Input, View Output, View? Residual, Activation Activation)
{
    /// <summary>The bounds of the activation; infinite if it does not clamp.</summary>
    public (float Low, float High) Clamp { get; } = ActivationKernels.Clamp(Activation);

    /// <summary>True if the activation is applied after the store.</summary>
    public bool IsCurved { get; } = ActivationKernels.IsCurved(Activation);

    public View[] Reads => Residual is null ? [Input] : [Input, Residual];

    /// <summary>The operands of a node with an epilogue whose input is ready.</summary>
    public static LayerOperands Of<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, View input)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        new(input, plan.Allocate(node), plan.Residual(node), ((IEpilogueOp)node.Op).Epilogue.Activation);

    /// <inheritdoc/>
    public override string ToString() => $"{Input} -> {Output}" + (Residual is null ? string.Empty : $" + {Residual}");
}
