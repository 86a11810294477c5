namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>The operand where it lies if its order allows, else kernels/move.cu.</summary>
internal sealed class Reshape : CudaOp<ReshapeOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ReshapeOp op)
    {
        View from = context.Views.Of(node, 0);
        if (from.Reshaped(node.Type.Shape) is { } view)
        {
            context.Views.Set(node, view);
        }
        else
        {
            Moves.Copy(context, node, from, context.Views.Allocate(node));
        }
    }
}
