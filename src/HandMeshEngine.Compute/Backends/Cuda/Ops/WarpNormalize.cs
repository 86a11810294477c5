namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/warpnormalize.cu.</summary>
internal sealed class WarpNormalize : CudaOp<WarpNormalizeOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, WarpNormalizeOp op)
    {
        bool fromMap = context.ShapeOf(node, 0).Rank == 4;
        View? map = fromMap ? context.Views.MatrixOf(node, 0) : null;
        View to = context.Views.Allocate(node);
        context.Plan.Images = Math.Max(context.Plan.Images, fromMap ? 0 : to.Shape[0]);
        LaunchStep step = new LaunchStep(node, "warpnormalize", "warpnormalize", to)
            .Define("IMAGES", to.Shape[0]).Define("OUT_HEIGHT", op.Height).Define("OUT_WIDTH", op.Width).Define("OUT_PITCH", to.Pitch)
            .Define("SAMPLING", (int)op.Sampling).Define("REPLICATE", op.Border == WarpBorder.Replicate).Define("SWAP", op.SwapRedBlue)
            .Define("SCALE_0", op.Scale.C0).Define("SCALE_1", op.Scale.C1).Define("SCALE_2", op.Scale.C2)
            .Define("OFFSET_0", op.Offset.C0).Define("OFFSET_1", op.Offset.C1).Define("OFFSET_2", op.Offset.C2)
            .Define("FROM_MAP", fromMap).Define("MAP_IMAGES", map?.Shape[0] ?? 0).Define("MAP_HEIGHT", map?.Shape[2] ?? 0)
            .Define("MAP_WIDTH", map?.Shape[3] ?? 0).Define("MAP_PITCH", map?.Pitch ?? 0).Define("MAP_TYPE", map?.TypeName ?? "float")
            .Take(fromMap ? default : new Pointer(context.Plan.Image, 0), map?.Pointer ?? default, context.Constants.Doubles(node, 1), to.Target).Spread(to.Pixels);
        step.Detail = $"{op.Describe()}{(fromMap ? $" of {map!.Shape}" : string.Empty)}";
        context.Emit(step, Layout.BytesOf(to));
    }
}
