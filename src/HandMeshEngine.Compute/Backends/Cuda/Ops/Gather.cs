namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/gather.cu.</summary>
internal sealed class Gather : CudaOp<GatherOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, GatherOp op)
    {
        View x = context.Views.MatrixOf(node, 0);
        VertexWriter.Emit(context, node, x, 1, context.Constants.Indices(node, 1, x.Shape[1], "index"));
    }
}
