namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/spacetodepth.cu.</summary>
internal sealed class SpaceToDepth : CudaOp<SpaceToDepthOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SpaceToDepthOp op)
    {
        View x = context.Views.MatrixOf(node, 0), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "spacetodepth", "spacetodepth", to)
            .Define("IMAGES", to.Shape[0]).Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, to.Target).Spread((long)to.Pixels * to.Stored);
        step.Detail = $"{x.Shape}->{to.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
