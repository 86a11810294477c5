using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/linear.cu.</content>
internal sealed partial class CudaLowering
{
    // Up to here all a product does is read its weights once, which whole warps do best.
    private const int MostRowsByWarps = 4;

    private void Linear(Node node, LinearOp op)
    {
        int rows = ShapeOf(node, 0).Count / ShapeOf(node, 0)[-1];
        bool byWarps = rows <= MostRowsByWarps, tensorCores = UsesTensorCores(node);
        Place x = tensorCores && !byWarps ? AlignedHalf(node, 0) : Aligned(node, 0);
        Tensor weights = Constant(node, 1, "weight");
        int outputs = weights.Shape[0], channels = weights.Shape[1], chunks = Place.Padded(channels) / Place.Group;
        Place to = Allocate(node);
        LaunchStep step = Launch(node, "linear", byWarps ? "linear_warp" : $"linear_{Engine(tensorCores)}", to)
            .Define("ROWS", rows).Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks).Define("VARIANT_ROWS", byWarps ? rows : 0);
        step.Detail = $"{rows}x{channels}->{outputs}";
        float At(ReadOnlySpan<float> from, int output, int k, int phase) => k < channels ? from[(output * channels) + k] : 0;
        var product = new Product(rows, outputs, chunks);
        if (!byWarps)
        {
            EmitProduct(step, product, x, to, weights, "linear", At, op.Epilogue, op.OwnInputs);
            return;
        }

        int depth = chunks * Place.Group;
        DeviceBuffer packed = Packed(
            weights, $"linear rows {tensorCores}",
            () => Pack(weights, product, outputs * depth, tensorCores, At, (output, k) => (output * depth) + k));
        step.Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", tensorCores ? "half_t" : "float").Take(x.Pointer, new Pointer(packed, 0));
        Epilogue(step, op.Epilogue, op.OwnInputs, to);
        step.Spread(to.Stored, itemsPerBlock: 4).Detail += step.Ending;
        Emit(step, BytesOf(x, to) + packed.Bytes);
    }
}
