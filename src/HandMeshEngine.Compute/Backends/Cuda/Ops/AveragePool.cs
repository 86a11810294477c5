namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/pool.cu.</summary>
internal sealed class AveragePool : CudaOp<AveragePoolOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, AveragePoolOp op) =>
        MaxPool.Emit(context, node, op.Window, op.Stride, default, isMax: false);
}
