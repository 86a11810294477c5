namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/softmax.cu, whose rows give one number each: the elements of the result, in order.</summary>
internal sealed class SoftArgmax : CudaOp<SoftArgmaxOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SoftArgmaxOp op) =>
        Softmax.Emit(context, node, context.Views.MatrixOf(node, 0), context.Views.AllocateRowMajor(node), expectation: true);
}
