namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/spiraldepthwise.cu.</summary>
internal sealed class SpiralDepthwise : CudaOp<SpiralDepthwiseOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SpiralDepthwiseOp op)
    {
        View x = context.Views.MatrixOf(node, 0);
        Pointer index = context.Constants.Indices(node, 1, x.Shape[1], "index");
        VertexWriter.Emit(context, node, x, context.ShapeOf(node, 1)[1], index, context.Constants.Floats(node, 2, "weight"));
    }
}
