using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/conv2d.cu.</content>
internal sealed partial class CudaLowering
{
    private void Conv2d(Node node, Conv2dOp op)
    {
        if (_separables.TryGetValue(node.Id, out Separable? separable))
        {
            SeparableConv2d(node, op, separable);
            return;
        }

        if (_chains.TryGetValue(node.Id, out Chain? chain))
        {
            EmitChain(chain);
            return;
        }

        bool tensorCores = UsesTensorCores(node);
        View x = MultipliesPair(node) ? Whole(node, 0) : tensorCores ? AlignedHalf(node, 0) : Aligned(node, 0);
        Tensor weights = Constant(node, 1, "weight");
        Shape w = weights.Shape;
        View to = Allocate(node);

        // Of a pair: high + low times the weights, and high times what fp16 takes from these. Low times that is beyond float32.
        int whole = x.IsSplit ? 2 : 1, parts = whole + (SplitsWeights(node, weights) ? 1 : 0), chunks = parts * Ceiling(w[1], Layout.Group);
        LaunchStep step = Window(Launch(node, "conv2d", $"conv2d_{Engine(tensorCores)}{PartsText(parts)}", to), op, w, x, to, parts);
        step.Detail = $"{x.Shape}->{to.Shape} k{w[2]}x{w[3]} s{op.Stride}";
        EmitProduct(
            step, new Product(to.Pixels, w[0], w.CountOf(2, 4) * chunks), x, to, weights, "conv2d", ConvolutionWeights(w, whole, parts), op.Epilogue, op.OwnInputs);
    }

    /// <summary>Constants of conv2d.cuh; the channels of x are multiplied as so many parts.</summary>
    private static LaunchStep Window(LaunchStep step, Conv2dOp op, Shape weights, View x, View to, int parts) => step
        .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
        .Define("IN_CHUNKS", parts * Ceiling(weights[1], Layout.Group)).Define("IN_PARTS", parts).Define("IN_LOW", x.Low)
        .Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3])
        .Define("KERNEL_H", weights[2]).Define("KERNEL_W", weights[3]).Define("STRIDE", op.Stride).Define("DILATION", op.Dilation)
        .Define("PAD_TOP", op.Padding.Top).Define("PAD_LEFT", op.Padding.Left);

    /// <summary>The weights in the order of k: taps, of each <paramref name="whole"/> times all channels, then what fp16 takes from these.</summary>
    private static WeightAt ConvolutionWeights(Shape shape, int whole, int parts)
    {
        int channels = shape[1], padded = Layout.Padded(channels), taps = shape.CountOf(2, 4), depth = parts * padded;
        return (from, output, k, _) =>
        {
            int channel = k % depth % padded;
            float weight = channel < channels ? from[(((output * channels) + channel) * taps) + (k / depth)] : 0;
            return k % depth < whole * padded ? weight : Pairs.Low(weight);
        };
    }
}
