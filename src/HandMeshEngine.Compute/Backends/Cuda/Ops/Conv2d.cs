using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>
/// kernels/conv2d.cu; depthwise.cu for convolutions in groups; chain.cu and separable.cu where other convolutions share the launch.
/// </summary>
internal sealed class Conv2d : CudaOp<Conv2dOp>
{
    /// <summary>The name under which weights in the order of <see cref="WeightsByTaps"/> are packed.</summary>
    public const string Packing = "conv2d";

    /// <summary>Adds the constants of kernels/conv2d.cuh; the channels of x are multiplied as so many parts.</summary>
    public static LaunchStep DefineWindow(LaunchStep step, Conv2dOp op, Shape weights, View x, View to, int parts) => step
        .Define("IMAGES", to.Images).Define("IN_HEIGHT", x.Height).Define("IN_WIDTH", x.Width).Define("IN_PITCH", x.Pitch)
        .Define("IN_CHUNKS", parts * Layout.Ceiling(weights[1], Layout.Group)).Define("IN_PARTS", parts).Define("IN_LOW", x.Low)
        .Define("OUT_HEIGHT", to.Height).Define("OUT_WIDTH", to.Width)
        .Define("KERNEL_H", weights[2]).Define("KERNEL_W", weights[3]).Define("STRIDE", op.Stride).Define("DILATION", op.Dilation)
        .Define("PAD_TOP", op.Padding.Top).Define("PAD_LEFT", op.Padding.Left);

    /// <summary>
    /// The weights in the order of k: taps, of each <paramref name="whole"/> times all channels, then what fp16 takes from these.
    /// </summary>
    public static WeightAt WeightsByTaps(Shape shape, int whole, int parts)
    {
        int channels = shape[1], padded = Layout.Padded(channels), taps = shape.CountOf(2, 4), depth = parts * padded;
        return (from, output, k, _) =>
        {
            int channel = k % depth % padded;
            float weight = channel < channels ? from[(((output * channels) + channel) * taps) + (k / depth)] : 0;
            return k % depth < whole * padded ? weight : SplitMaps.Low(weight);
        };
    }

    protected override void Lower(CudaLoweringContext context, Node node, Conv2dOp op)
    {
        if (op.Groups > 1)
        {
            if (!SeparableWriter.Joins(context, node))
            {
                DepthwiseWriter.Emit(context, node, op);
            }
        }
        else if (context.Separables.TryGetValue(node.Id, out Separable? separable))
        {
            SeparableWriter.Emit(context, node, op, separable);
        }
        else if (context.Fusions.ChainOf(node) is { } chain)
        {
            ConvChainWriter.Emit(context, chain);
        }
        else
        {
            EmitAlone(context, node, op);
        }
    }

    private static void EmitAlone(CudaLoweringContext context, Node node, Conv2dOp op)
    {
        bool tensorCores = context.Precisions.UsesTensorCores(node);
        View x = context.Precisions.MultipliesSplit(node) ? context.Views.FullOf(node, 0)
            : tensorCores ? context.Views.AlignedHalfOf(node, 0)
            : context.Views.AlignedOf(node, 0);
        Tensor weights = context.Constants.Tensor(node, 1, "weight");
        Shape w = weights.Shape;
        View to = context.Views.Allocate(node);

        // Of a split map: high + low times the weights, and high times what fp16 takes from these. Low times that is beyond float32.
        int whole = x.IsSplit ? 2 : 1, parts = whole + (context.Precisions.SplitsWeights(node, weights) ? 1 : 0);
        string variant = $"conv2d_{ProductWriter.Engine(tensorCores)}{ProductWriter.PartsText(parts)}";
        LaunchStep step = DefineWindow(new LaunchStep(node, "conv2d", variant, to), op, w, x, to, parts);
        step.Detail = $"{x.Shape}->{to.Shape} k{w[2]}x{w[3]} s{op.Stride}";
        var product = new ProductShape(to.Pixels, w[0], w.CountOf(2, 4) * parts * Layout.Ceiling(w[1], Layout.Group));
        ProductWriter.Emit(context, step, product, x, to, weights, Packing, WeightsByTaps(w, whole, parts), op.Epilogue, op.OwnInputs);
    }
}
