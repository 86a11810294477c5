namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/softmax.cu.</summary>
internal sealed class Softmax : CudaOp<SoftmaxOp>
{
    /// <summary>Appends a launch over the last axis: its softmax, or the expectation of its indices under that.</summary>
    public static void Emit(CudaLoweringContext context, Node node, View x, View to, bool expectation)
    {
        LaunchStep step = new LaunchStep(node, "softmax", expectation ? "softargmax" : "softmax", to)
            .Define("ROWS", x.Pixels).Define("CHANNELS", x.Channels).Define("STORED", expectation ? 1 : to.Stored)
            .Define("IN_PITCH", x.Pitch).Define("OUT_PITCH", expectation ? 1 : to.Pitch).Define("EXPECTATION", expectation)
            .Define("IN_TYPE", x.TypeName).Take(x.Pointer, to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }

    protected override void Lower(CudaLoweringContext context, Node node, SoftmaxOp op) =>
        Emit(context, node, context.Views.MatrixOf(node, 0), context.Views.Allocate(node), expectation: false);
}
