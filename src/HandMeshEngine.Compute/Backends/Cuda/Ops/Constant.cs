namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>Takes no launch: the ops that read a constant pack it.</summary>
internal sealed class Constant : CudaOp<ConstantOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ConstantOp op)
    {
    }
}
