namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/pool.cu.</summary>
internal sealed class MaxPool : CudaOp<MaxPoolOp>
{
    /// <summary>Appends a launch that takes the largest value or the mean of each window.</summary>
    public static void Emit(CudaLoweringContext context, Node node, int window, int stride, Padding padding, bool isMax)
    {
        View x = MapWriter.Operand(context, node), to = context.Views.Allocate(node);
        LaunchStep step = MapWriter.Write(context, new LaunchStep(node, "pool", isMax ? "maxpool" : "averagepool", to), x, to)
            .Define("WINDOW", window).Define("STRIDE", stride).Define("PAD_TOP", padding.Top).Define("PAD_LEFT", padding.Left)
            .Define("IS_MAX", isMax);
        step.Detail = $"{x.Shape}->{to.Shape} k{window} s{stride}{step.Ending}";
        context.Emit(step, Layout.BytesOf(x, to));
    }

    protected override void Lower(CudaLoweringContext context, Node node, MaxPoolOp op) =>
        Emit(context, node, op.Window, op.Stride, op.Padding, isMax: true);
}
