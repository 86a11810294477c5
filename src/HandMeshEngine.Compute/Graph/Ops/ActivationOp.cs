namespace HandMeshEngine.Compute.Graph;

/// <summary>An element-wise function alone; PReLU takes its slopes [C] as a second input (channels: axis 1 of maps, else last).</summary>
public sealed record ActivationOp(Activation Activation) : Op("activation")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

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

public sealed partial class GraphBuilder
{
    /// <summary>An element-wise function.</summary>
    public Value Activate(Value x, Activation activation) => Add(new ActivationOp(activation), x);

    /// <summary>max(x, 0).</summary>
    public Value Relu(Value x) => Activate(x, Activation.Relu);

    /// <summary>min(max(x, 0), 6).</summary>
    public Value Relu6(Value x) => Activate(x, Activation.Relu6);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Value Sigmoid(Value x) => Activate(x, Activation.Sigmoid);

    /// <summary>x for x > 0, else slope[c] x with the slopes of this key.</summary>
    public Value PRelu(Value x, string slope) => Add(new ActivationOp(Activation.PRelu), x, Parameter(slope));
}
