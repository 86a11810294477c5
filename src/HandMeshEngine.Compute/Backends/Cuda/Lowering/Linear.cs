using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/linear.cu.</content>
internal sealed partial class CudaLowering
{
    // Up to here all a product does is read its weights once.
    private const int MostRowsByLanes = 4;

    private void Linear(Node node, LinearOp op)
    {
        int rows = ShapeOf(node, 0).Count / ShapeOf(node, 0)[-1];
        bool byLanes = rows <= MostRowsByLanes, tensorCores = UsesTensorCores(node);
        View x = tensorCores && !byLanes ? AlignedHalf(node, 0) : Aligned(node, 0);
        Tensor weights = Constant(node, 1, "weight");
        int parts = !byLanes && SplitsWeights(node, weights) ? 2 : 1;
        int outputs = weights.Shape[0], channels = weights.Shape[1], padded = Layout.Padded(channels), chunks = parts * padded / Layout.Group;
        View to = Allocate(node);
        LaunchStep step = Launch(node, "linear", byLanes ? "linear_rows" : $"linear_{Engine(tensorCores)}{PartsText(parts)}", to)
            .Define("ROWS", rows).Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks).Define("IN_PARTS", parts).Define("VARIANT_ROWS", byLanes ? rows : 0);
        step.Detail = $"{rows}x{channels}->{outputs}";
        float At(ReadOnlySpan<float> from, int output, int k, int phase)
        {
            float weight = k % padded < channels ? from[(output * channels) + (k % padded)] : 0;
            return k < padded ? weight : Pairs.Low(weight);
        }

        var product = new Product(rows, outputs, chunks);
        if (!byLanes)
        {
            EmitProduct(step, product, x, to, weights, "linear", At, op.Epilogue, op.OwnInputs);
            return;
        }

        bool halfWeights = tensorCores && node.Rounding != Rounding.Activations;
        (int lanes, int perGroup) = _tiles.ForRows(outputs, chunks);
        int depth = chunks * Layout.Group, perBlock = 128 / lanes * perGroup, stored = Ceiling(to.Stored, perBlock) * perBlock;
        PlanBuffer packed = Packed(
            weights, $"linear rows {stored} {halfWeights}",
            () => Pack(weights, product, stored * depth, halfWeights, At, (output, k) => (output * depth) + k));
        step.Define("LANES", lanes).Define("OUTPUTS", perGroup)
            .Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", halfWeights ? "half_t" : "float").Take(x.Pointer, new Pointer(packed, 0));
        Epilogue(step, op.Epilogue, op.OwnInputs, to);
        step.Shape = new LaunchShape(stored / perBlock, 1, 1, 128, SharedBytes: lanes > 32 ? perGroup * rows * 4 * sizeof(float) : 0);
        step.Detail += $" lanes {lanes}{(perGroup > 1 ? $" outputs {perGroup}" : string.Empty)}{step.Ending}";
        Emit(step, BytesOf(x, to) + packed.Bytes);
    }
}
