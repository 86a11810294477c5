namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// y = activation(scale[c] x + shift[c]) with channels on axis 1 of maps [N, C, H, W] and on the last axis otherwise. With
/// <see cref="ActivationKind.PRelu"/> a fourth input holds the slopes.
/// </summary>
public sealed record AffineOp(Activation Activation) : Op("affine")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <summary>The axis that holds channels in a value of this shape.</summary>
    public static int ChannelAxis(Shape shape) => shape.Rank == 4 ? 1 : shape.Rank - 1;

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        int expected = Activation.Kind == ActivationKind.PRelu ? 4 : 3;
        Require(inputs.Count == expected, $"{inputs.Count} inputs, expected {expected}");
        int channels = inputs[0].Shape[ChannelAxis(inputs[0].Shape)];
        Require(
            inputs[1].Shape.Count == channels && inputs[2].Shape.Count == channels,
            $"scale {inputs[1].Shape} and shift {inputs[2].Shape} for {channels} channels");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override string Describe() => Activation.Kind == ActivationKind.None ? string.Empty : Activation.ToString();
}

public sealed partial class GraphBuilder
{
    /// <summary>factor x + summand with plain numbers.</summary>
    public Value Scale(Value x, float factor, float summand = 0)
    {
        int channels = ShapeOf(x)[AffineOp.ChannelAxis(ShapeOf(x))];
        var scale = new float[channels];
        var shift = new float[channels];
        Array.Fill(scale, factor);
        Array.Fill(shift, summand);
        return Affine(
            x, Constant("scale", new Shape(channels), scale), Constant("shift", new Shape(channels), shift));
    }

    /// <summary>scale[c] x + shift[c] per channel (axis 1 of maps, last axis otherwise).</summary>
    public Value Affine(Value x, Value scale, Value shift) => Add(new AffineOp(Activation.None), x, scale, shift);
}
