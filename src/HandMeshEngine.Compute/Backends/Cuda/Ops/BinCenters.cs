namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/bincenters.cu.</summary>
internal sealed class BinCenters : CudaOp<BinCentersOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, BinCentersOp op)
    {
        View x = context.Views.MatrixOf(node, 0), range = context.Views.MatrixOf(node, 1), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "bincenters", "bincenters", to)
            .Define("ROWS", x.Pixels).Define("BINS", x.Channels).Define("STORED", to.Stored).Define("IN_PITCH", x.Pitch)
            .Define("OUT_PITCH", to.Pitch).Define("EPSILON", op.Epsilon).Define("IN_TYPE", x.TypeName).Define("RANGE_TYPE", range.TypeName)
            .Take(x.Pointer, range.Pointer, to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
