using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/warpnormalize.cu.</content>
internal sealed partial class CudaLowering
{
    private void WarpNormalize(Node node, WarpNormalizeOp op)
    {
        bool fromMap = ShapeOf(node, 0).Rank == 4;
        View? map = fromMap ? Rows(node, 0) : null;
        _plan.ReadsImage |= !fromMap;
        View to = Allocate(node);
        LaunchStep step = Launch(node, "warpnormalize", "warpnormalize", to)
            .Define("IMAGES", to.Shape[0]).Define("OUT_HEIGHT", op.Height).Define("OUT_WIDTH", op.Width).Define("OUT_PITCH", to.Pitch)
            .Define("SAMPLING", (int)op.Sampling).Define("REPLICATE", op.Border == WarpBorder.Replicate).Define("SWAP", op.SwapRedBlue)
            .Define("SCALE_0", op.Scale.C0).Define("SCALE_1", op.Scale.C1).Define("SCALE_2", op.Scale.C2)
            .Define("OFFSET_0", op.Offset.C0).Define("OFFSET_1", op.Offset.C1).Define("OFFSET_2", op.Offset.C2)
            .Define("FROM_MAP", fromMap).Define("MAP_IMAGES", map?.Shape[0] ?? 0).Define("MAP_HEIGHT", map?.Shape[2] ?? 0)
            .Define("MAP_WIDTH", map?.Shape[3] ?? 0).Define("MAP_PITCH", map?.Pitch ?? 0).Define("MAP_TYPE", map?.TypeName ?? "float")
            .Take(fromMap ? default : new Pointer(_plan.Image, 0), map?.Pointer ?? default, Doubles(node, 1), to.Target).Spread(to.Pixels);
        step.Detail = $"{op.Describe()}{(fromMap ? $" of {map!.Shape}" : string.Empty)}";
        Emit(step, BytesOf(to));
    }

    private Pointer Doubles(Node node, int operand)
    {
        int id = node.Inputs[operand];
        return _graph.Nodes[id].Op switch
        {
            InputOp { Declared.Type: DType.Float64 } => new Pointer(_plan.Inputs[id], 0),
            ConstantOp { Tensor.Type: DType.Float64 } constant =>
                new Pointer(Packed(constant.Tensor, "doubles", () => constant.Tensor.Bytes.ToArray()), 0),
            _ => throw new GraphException($"the cuda backend needs a matrix of Float64 as input or constant for {node.Op.Kind} (node {node.Id})"),
        };
    }
}
