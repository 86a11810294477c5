namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>A part of the operand where it lies.</summary>
internal sealed class Slice : CudaOp<SliceOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, SliceOp op) =>
        context.Views.Set(node, context.Views.Of(node, 0).Part(op.Axis, op.Start, op.Length));
}
