namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// What an op with weights does with each sum before storing it: y = activation(sum + bias + residual). The operands
/// follow the op's own inputs in the order bias, residual, slope (of <see cref="ActivationKind.PRelu"/>).
/// </summary>
/// <param name="Bias">A bias per output channel is an input.</param>
/// <param name="Residual">A value of the output's shape is an input and is added before the activation.</param>
/// <param name="Activation">Applied last.</param>
public readonly record struct Epilogue(bool Bias, bool Residual, Activation Activation)
{
    /// <summary>How many operands the epilogue adds.</summary>
    public int OperandCount =>
        (Bias ? 1 : 0) + (Residual ? 1 : 0) + (Activation.Kind == ActivationKind.PRelu ? 1 : 0);

    /// <summary>Index of the bias operand for an op with <paramref name="own"/> inputs of its own, or -1.</summary>
    public int BiasIndex(int own) => Bias ? own : -1;

    /// <summary>Index of the residual operand, or -1.</summary>
    public int ResidualIndex(int own) => Residual ? own + (Bias ? 1 : 0) : -1;

    /// <summary>Index of the PReLU slope operand, or -1.</summary>
    public int SlopeIndex(int own) =>
        Activation.Kind == ActivationKind.PRelu ? own + (Bias ? 1 : 0) + (Residual ? 1 : 0) : -1;

    /// <inheritdoc/>
    public override string ToString() =>
        (Bias ? " +bias" : string.Empty) + (Residual ? " +residual" : string.Empty)
        + (Activation.Kind == ActivationKind.None ? string.Empty : $" {Activation}");

    internal void Check(Op op, IReadOnlyList<TensorType> inputs, int own, TensorType output, int channels)
    {
        if (inputs.Count != own + OperandCount)
        {
            throw new GraphException($"{op.Kind}: {inputs.Count} inputs, expected {own + OperandCount}");
        }

        CheckVector(op, inputs, BiasIndex(own), channels, "bias");
        CheckVector(op, inputs, SlopeIndex(own), channels, "slope");
        int residual = ResidualIndex(own);
        if (residual >= 0 && !inputs[residual].Shape.Equals(output.Shape))
        {
            throw new GraphException($"{op.Kind}: residual {inputs[residual].Shape} is added to {output.Shape}");
        }
    }

    private static void CheckVector(Op op, IReadOnlyList<TensorType> inputs, int index, int channels, string what)
    {
        if (index >= 0 && inputs[index].Shape.Count != channels)
        {
            throw new GraphException($"{op.Kind}: {what} {inputs[index].Shape} for {channels} channels");
        }
    }
}
