namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/elements.cu.</summary>
internal sealed class Affine : CudaOp<AffineOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, AffineOp op) =>
        ElementWriter.Emit(
            context, node, "affine", ElementWriter.Affine, op.Activation, null, context.Constants.Floats(node, 1, "scale"),
            context.Constants.Floats(node, 2, "shift"), context.Constants.Floats(node, node.Inputs.Count > 3 ? 3 : -1, "slope"));
}
