namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/resize.cu.</summary>
internal sealed class Resize : CudaOp<ResizeOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ResizeOp op)
    {
        View x = MapWriter.Operand(context, node), to = context.Views.Allocate(node);
        LaunchStep step = MapWriter.Write(context, new LaunchStep(node, "resize", "resize", to), x, to).Define("MODE", (int)op.Mode);
        step.Detail = $"{x.Shape}->{to.Shape} {op.Mode.ToString().ToLowerInvariant()}{step.Ending}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
