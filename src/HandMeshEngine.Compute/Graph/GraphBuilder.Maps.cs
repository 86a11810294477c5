using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Graph;

/// <content>Ops on maps [N, C, H, W].</content>
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

    /// <summary>Transposed convolution with the weight [C, O, kh, kw] of this key.</summary>
    public Value ConvTranspose2d(
        Value x, string weight, string? bias = null, int stride = 1, int padding = 0, int outputPadding = 0)
    {
        var op = new ConvTranspose2dOp(stride, padding, outputPadding, new Epilogue(bias is not null, false, Activation.None));
        return bias is null ? Add(op, x, Parameter(weight)) : Add(op, x, Parameter(weight), Parameter(bias));
    }

    /// <summary>
    /// Batch normalisation with the parameters <c>prefix.{weight, bias, running_mean, running_var}</c>; works on maps and on
    /// [N, V, C].
    /// </summary>
    public Value BatchNorm(Value x, string prefix, float epsilon = 1e-5f) => Add(
        new BatchNormOp(epsilon),
        x,
        Parameter(prefix + ".weight"),
        Parameter(prefix + ".bias"),
        Parameter(prefix + ".running_mean"),
        Parameter(prefix + ".running_var"));

    /// <summary>Maximum over windows.</summary>
    public Value MaxPool(Value x, int window, int stride, int padding = 0) =>
        Add(new MaxPoolOp(window, stride, Padding.Same(padding)), x);

    /// <summary>Mean over windows.</summary>
    public Value AveragePool(Value x, int window, int stride) => Add(new AveragePoolOp(window, stride), x);

    /// <summary>Mean over all pixels: [N, C, H, W] -> [N, C].</summary>
    public Value GlobalMean(Value x) => Add(new ReduceOp(Reduction.Mean, 2, 2), x);

    /// <summary>Bilinear resize, half-pixel centres (align_corners = false) unless asked otherwise.</summary>
    public Value Resize(Value x, int height, int width, ResizeMode mode = ResizeMode.Bilinear) =>
        Add(new ResizeOp(mode, height, width), x);

    /// <summary>Appends zero channels.</summary>
    public Value PadChannels(Value x, int channels) => Add(new PadChannelsOp(channels), x);

    /// <summary>2x2 blocks into channels.</summary>
    public Value SpaceToDepth(Value x) => Add(new SpaceToDepthOp(), x);

    /// <summary>Position and value of each map's maximum: [N, J, 3].</summary>
    public Value ArgMax2d(Value x) => Add(new ArgMax2dOp(), x);

    /// <summary>Bilinear samples [N, P, C] of a map at points [N, P, 2] in its pixel indices.</summary>
    public Value GridSample(Value map, Value points, SampleBorder border) => Add(new GridSampleOp(border), map, points);

    /// <summary>Crops [N, 3, size, size] from the image by matrices Float64 [N, 3, 3] (output pixel to image position).</summary>
    public Value WarpNormalize(Value image, Value matrix, WarpNormalizeOp op) => Add(op, image, matrix);

    /// <summary>Maps to vertex-major rows: [N, C, H, W] -> [N, H W, C], pixels row-major.</summary>
    public Value PixelsToRows(Value x)
    {
        Shape shape = ShapeOf(x);
        return Transpose(Reshape(x, shape[0], shape[1], shape[2] * shape[3]), 1, 2);
    }
}
