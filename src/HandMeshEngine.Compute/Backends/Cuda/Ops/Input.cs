namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>What the caller writes, copied to the device; maps then by kernels/move.cu to their layout.</summary>
internal sealed class Input : CudaOp<InputOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, InputOp op) =>
        context.Views.Input(node);
}
