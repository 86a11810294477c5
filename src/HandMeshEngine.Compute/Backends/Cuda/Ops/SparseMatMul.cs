namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/sparsematmul.cu.</summary>
internal sealed class SparseMatMul : CudaOp<SparseMatMulOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SparseMatMulOp op)
    {
        View x = context.Views.MatrixOf(node, 0);
        Pointer index = context.Constants.Indices(node, 1, x.Shape[1], "index");
        VertexWriter.Emit(context, node, x, context.ShapeOf(node, 1)[1], index, context.Constants.Floats(node, 2, "value"));
    }
}
