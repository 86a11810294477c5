using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/linear.cu.</summary>
internal sealed class Linear : CudaOp<LinearOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, LinearOp op)
    {
        int rows = context.ShapeOf(node, 0).Count / context.ShapeOf(node, 0)[-1];
        bool byLanes = rows <= Precisions.MostRowsByLanes, tensorCores = context.Precisions.UsesTensorCores(node);
        View x = tensorCores && !byLanes ? context.Views.AlignedHalfOf(node, 0) : context.Views.AlignedOf(node, 0);
        Tensor weights = context.Constants.Tensor(node, 1, "weight");
        int parts = !byLanes && context.Precisions.SplitsWeights(node, weights) ? 2 : 1;
        int outputs = weights.Shape[0], channels = weights.Shape[1], padded = Layout.Padded(channels), chunks = parts * padded / Layout.Group;
        View to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "linear", byLanes ? "linear_rows" : $"linear_{ProductWriter.Engine(tensorCores)}{ProductWriter.PartsText(parts)}", to)
            .Define("ROWS", rows).Define("IN_PITCH", x.Pitch).Define("IN_CHUNKS", chunks).Define("IN_PARTS", parts).Define("VARIANT_ROWS", byLanes ? rows : 0);
        step.Detail = $"{rows}x{channels}->{outputs}";
        float At(ReadOnlySpan<float> from, int output, int k, int phase)
        {
            float weight = k % padded < channels ? from[(output * channels) + (k % padded)] : 0;
            return k < padded ? weight : SplitMaps.Low(weight);
        }

        var product = new ProductShape(rows, outputs, chunks);
        if (!byLanes)
        {
            ProductWriter.Emit(context, step, product, x, to, weights, "linear", At, op.Epilogue, op.OwnInputs);
            return;
        }

        bool halfWeights = tensorCores && node.Rounding != Rounding.Activations;
        (int lanes, int perGroup) = context.Tiles.ForRows(outputs, chunks);
        int depth = chunks * Layout.Group, perBlock = 128 / lanes * perGroup, stored = Layout.Ceiling(to.Stored, perBlock) * perBlock;
        PlanBuffer packed = context.Constants.Packed(
            weights, $"linear rows {stored} {halfWeights}",
            () => ProductWriter.Pack(weights, product, stored * depth, halfWeights, At, (output, k) => (output * depth) + k));
        step.DependentSteps = Layout.Ceiling(chunks, lanes);
        step.Define("LANES", lanes).Define("OUTPUTS", perGroup)
            .Define("IN_TYPE", x.TypeName).Define("IN_WEIGHT", halfWeights ? "half_t" : "float").Take(x.Pointer, new Pointer(packed, 0));
        EpilogueWriter.Write(context, step, op.Epilogue, op.OwnInputs, to);
        step.Shape = new LaunchShape(stored / perBlock, 1, 1, 128, SharedBytes: lanes > 32 ? perGroup * rows * 4 * sizeof(float) : 0);
        step.Detail += $" lanes {lanes}{(perGroup > 1 ? $" outputs {perGroup}" : string.Empty)}{step.Ending}";
        context.Emit(step, Layout.BytesOf(x, to) + packed.Bytes);
    }
}
