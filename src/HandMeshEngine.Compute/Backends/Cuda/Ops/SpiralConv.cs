using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/spiralconv.cu.</summary>
internal sealed class SpiralConv : CudaOp<SpiralConvOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SpiralConvOp op)
    {
        bool tensorCores = context.Precisions.UsesTensorCores(node);
        View x = tensorCores ? context.Views.AlignedHalfOf(node, 0) : context.Views.AlignedOf(node, 0);
        Shape index = context.ShapeOf(node, 1);
        Pointer table = context.Constants.Indices(node, 1, x.Shape[1], "index");
        Tensor weights = context.Constants.Tensor(node, 2, "weight");
        int channels = x.Channels, padded = Layout.Padded(channels), length = index[1], parts = context.Precisions.SplitsWeights(node, weights) ? 2 : 1;
        int depth = parts * padded, chunks = depth / Layout.Group;
        View to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "spiralconv", $"spiralconv_{ProductWriter.Engine(tensorCores)}{ProductWriter.PartsText(parts)}", to)
            .Define("IMAGES", to.Shape[0]).Define("VERTICES_IN", x.Shape[1]).Define("VERTICES_OUT", index[0]).Define("LENGTH", length)
            .Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks).Define("IN_PARTS", parts);
        step.Detail = $"{x.Shape}->{to.Shape} spiral {length}";
        ProductWriter.Emit(
            context, step, new ProductShape(to.Pixels, weights.Shape[0], length * chunks), x, to, weights, "spiralconv",
            (from, output, k, _) =>
            {
                int channel = k % padded;
                float weight = channel < channels ? from[(((output * length) + (k / depth)) * channels) + channel] : 0;
                return k % depth < padded ? weight : SplitMaps.Low(weight);
            },
            op.Epilogue, op.OwnInputs, table);
    }
}
