namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// 2D convolution (cross-correlation): x [N, C, H, W], weight [O, C/groups, kh, kw] -> [N, O, H', W']. Zero padding.
/// groups = C = O is a depth-wise convolution.
/// </summary>
public sealed record Conv2dOp(int Stride, Padding Padding, int Dilation, int Groups, Epilogue Epilogue)
    : Op("conv2d"), IEpilogueOp
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(
        ResultMemory.AnyPitch,
        Groups == 1 ? OperandPrecision.TensorCores : OperandPrecision.Either,
        Groups == 1 ? SplitHalves.StoresAndReads : SplitHalves.Stores,
        MovesOnly: false,
        AlwaysFloat32: false,
        FusesSumAndAffine: true,
        IsBFloat16Product: Groups == 1);

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
        Require(Stride > 0 && Dilation > 0 && Groups > 0, "stride, dilation and groups must be positive");
        Require(x[1] % Groups == 0 && w[0] % Groups == 0, $"{x[1]} and {w[0]} channels do not split in {Groups} groups");
        Require(w[1] == x[1] / Groups, $"weight {w} on input {x} with {Groups} groups");
        int height = Extent(x[2] + Padding.Top + Padding.Bottom, w[2]);
        int width = Extent(x[3] + Padding.Left + Padding.Right, w[3]);
        Require(height > 0 && width > 0, $"kernel {w[2]}x{w[3]} is larger than the padded map of {x}");
        TensorType output = TensorType.Float(x[0], w[0], height, width);
        Epilogue.Check(this, inputs, OwnInputs, output, w[0]);
        return output;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)output.Shape.Count * inputs[1].Shape.CountOf(1, 4);

    /// <inheritdoc/>
    public override string Describe() =>
        $"s{Stride} p{Padding}" + (Dilation > 1 ? $" d{Dilation}" : string.Empty)
        + (Groups > 1 ? $" g{Groups}" : string.Empty) + Epilogue;

    private int Extent(int padded, int kernel) => padded < (Dilation * (kernel - 1)) + 1
        ? 0
        : ((padded - (Dilation * (kernel - 1)) - 1) / Stride) + 1;
}

public sealed partial class GraphBuilder
{
    /// <summary>Convolution with the weight of this key and, if named, a bias; symmetric zero padding.</summary>
    public Value Conv2d(
        Value x, string weight, string? bias = null, int stride = 1, int padding = 0, int groups = 1, int dilation = 1) =>
        Conv2d(x, weight, bias, stride, Padding.Same(padding), groups, dilation);

    /// <summary>Convolution with the weight of this key and, if named, a bias.</summary>
    public Value Conv2d(
        Value x, string weight, string? bias, int stride, Padding padding, int groups = 1, int dilation = 1)
    {
        var op = new Conv2dOp(stride, padding, dilation, groups, new Epilogue(bias is not null, false, Activation.None));
        return bias is null ? Add(op, x, Parameter(weight)) : Add(op, x, Parameter(weight), Parameter(bias));
    }

    /// <summary>Convolution with operands that are values already.</summary>
    public Value Conv2d(Value x, Value weight, Value? bias, int stride, Padding padding, int groups = 1)
    {
        var op = new Conv2dOp(stride, padding, 1, groups, new Epilogue(bias is not null, false, Activation.None));
        return bias is { } b ? Add(op, x, weight, b) : Add(op, x, weight);
    }
}
