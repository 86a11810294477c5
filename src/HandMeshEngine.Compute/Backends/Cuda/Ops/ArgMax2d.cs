namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/argmax2d.cu.</summary>
internal sealed class ArgMax2d : CudaOp<ArgMax2dOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ArgMax2dOp op)
    {
        View x = context.Views.MatrixOf(node, 0), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "argmax2d", "argmax2d", to)
            .Define("IMAGES", x.Shape[0]).Define("MAPS", x.Shape[1]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3])
            .Define("IN_PITCH", x.Pitch).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, to.Target).Spread(to.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
