namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Transposed convolution: x [N, C, H, W], weight [C, O, kh, kw] -> [N, O, (H-1) stride - 2 padding + kh + outputPadding, ...].
/// out[o, y] += x[c, i] w[c, o, t] for y = stride i - padding + t, in both axes.
/// </summary>
public sealed record ConvTranspose2dOp(int Stride, int Padding, int OutputPadding, Epilogue Epilogue)
    : Op("convtranspose2d"), IEpilogueOp
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.AnyPitch, OperandPrecision.TensorCores, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: true, IsBFloat16Product: true);

    /// <inheritdoc/>
    public int OwnInputs => 2;

    /// <inheritdoc/>
    public Op With(Epilogue epilogue) => this with { Epilogue = epilogue };

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 4);
        RequireRank(inputs, 1, 4);
        var x = inputs[0].Shape;
        var w = inputs[1].Shape;
        Require(w[0] == x[1], $"weight {w} on input {x}");
        int height = ((x[2] - 1) * Stride) - (2 * Padding) + w[2] + OutputPadding;
        int width = ((x[3] - 1) * Stride) - (2 * Padding) + w[3] + OutputPadding;
        Require(height > 0 && width > 0, $"padding {Padding} leaves nothing of {x}");
        TensorType output = TensorType.Float(x[0], w[1], height, width);
        Epilogue.Check(this, inputs, OwnInputs, output, w[1]);
        return output;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)inputs[0].Shape.Count * inputs[1].Shape.CountOf(1, 4);

    /// <inheritdoc/>
    public override string Describe() =>
        $"s{Stride} p{Padding}" + (OutputPadding > 0 ? $" op{OutputPadding}" : string.Empty) + Epilogue;
}

public sealed partial class GraphBuilder
{
    /// <summary>Transposed convolution with the weight [C, O, kh, kw] of this key.</summary>
    public Value ConvTranspose2d(
        Value x, string weight, string? bias = null, int stride = 1, int padding = 0, int outputPadding = 0)
    {
        var op = new ConvTranspose2dOp(stride, padding, outputPadding, new Epilogue(bias is not null, false, Activation.None));
        return bias is null ? Add(op, x, Parameter(weight)) : Add(op, x, Parameter(weight), Parameter(bias));
    }
}
