namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/elements.cu.</summary>
internal sealed class Activation : CudaOp<ActivationOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ActivationOp op) =>
        ElementWriter.Emit(
            context, node, "activation", ElementWriter.Copy, op.Activation, null, default, default,
            context.Constants.Floats(node, node.Inputs.Count > 1 ? 1 : -1, "slope"));
}
