namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/ginaggregate.cu.</summary>
internal sealed class GinAggregate : CudaOp<GinAggregateOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, GinAggregateOp op)
    {
        View x = context.Views.MatrixOf(node, 0);
        Pointer rows = context.Constants.Indices(node, 1, context.ShapeOf(node, 2)[0] + 1, "row starts");
        Pointer columns = context.Constants.Indices(node, 2, x.Shape[1], "columns");
        VertexWriter.Emit(context, node, x, 1, rows, default, columns, 1 + op.Epsilon);
    }
}
