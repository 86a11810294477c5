using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/spiralconv.cu.</content>
internal sealed partial class CudaLowering
{
    private void SpiralConv(Node node, SpiralConvOp op)
    {
        bool tensorCores = UsesTensorCores(node);
        Place x = tensorCores ? AlignedHalf(node, 0) : Aligned(node, 0);
        Shape index = ShapeOf(node, 1);
        Pointer table = Indices(node, 1, x.Shape[1], "index");
        Tensor weights = Constant(node, 2, "weight");
        int channels = x.Channels, chunks = Place.Padded(channels) / Place.Group, depth = chunks * Place.Group, length = index[1];
        Place to = Allocate(node);
        LaunchStep step = Launch(node, "spiralconv", $"spiralconv_{Engine(tensorCores)}", to)
            .Define("IMAGES", to.Shape[0]).Define("VERTICES_IN", x.Shape[1]).Define("VERTICES_OUT", index[0]).Define("LENGTH", length)
            .Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks);
        step.Detail = $"{x.Shape}->{to.Shape} spiral {length}";
        EmitProduct(
            step, new Product(to.Rows, weights.Shape[0], length * chunks), x, to, weights, "spiralconv",
            (from, output, k, _) => k % depth < channels ? from[(((output * length) + (k / depth)) * channels) + (k % depth)] : 0,
            op.Epilogue, op.OwnInputs, table);
    }
}
