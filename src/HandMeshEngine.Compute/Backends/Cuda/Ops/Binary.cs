namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/elements.cu.</summary>
internal sealed class Binary : CudaOp<BinaryOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, BinaryOp op) =>
        ElementWriter.Emit(
            context, node, op.Arithmetic.ToString().ToLowerInvariant(), (int)op.Arithmetic, op.Activation, context.Views.Of(node, 1), default, default,
            context.Constants.Floats(node, node.Inputs.Count > 2 ? 2 : -1, "slope"));
}
