using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/spiralconv.cu.</content>
internal sealed partial class CudaLowering
{
    private void SpiralConv(Node node, SpiralConvOp op)
    {
        bool tensorCores = UsesTensorCores(node);
        View x = tensorCores ? AlignedHalf(node, 0) : Aligned(node, 0);
        Shape index = ShapeOf(node, 1);
        Pointer table = Indices(node, 1, x.Shape[1], "index");
        Tensor weights = Constant(node, 2, "weight");
        int channels = x.Channels, padded = Layout.Padded(channels), length = index[1], parts = SplitsWeights(node, weights) ? 2 : 1;
        int depth = parts * padded, chunks = depth / Layout.Group;
        View to = Allocate(node);
        LaunchStep step = Launch(node, "spiralconv", $"spiralconv_{Engine(tensorCores)}{PartsText(parts)}", to)
            .Define("IMAGES", to.Shape[0]).Define("VERTICES_IN", x.Shape[1]).Define("VERTICES_OUT", index[0]).Define("LENGTH", length)
            .Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks).Define("IN_PARTS", parts);
        step.Detail = $"{x.Shape}->{to.Shape} spiral {length}";
        EmitProduct(
            step, new Product(to.Pixels, weights.Shape[0], length * chunks), x, to, weights, "spiralconv",
            (from, output, k, _) =>
            {
                int channel = k % padded;
                float weight = channel < channels ? from[(((output * length) + (k / depth)) * channels) + channel] : 0;
                return k % depth < padded ? weight : Pairs.Low(weight);
            },
            op.Epilogue, op.OwnInputs, table);
    }
}
