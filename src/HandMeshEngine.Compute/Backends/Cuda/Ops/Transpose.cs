namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>The operand where it lies, axes swapped.</summary>
internal sealed class Transpose : CudaOp<TransposeOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, TransposeOp op) =>
        context.Views.Set(node, context.Views.Of(node, 0).Transposed(op.First, op.Second));
}
