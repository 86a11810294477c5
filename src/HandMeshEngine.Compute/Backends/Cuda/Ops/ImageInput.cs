namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>Takes no launch: kernels/warpnormalize.cu reads the caller's pixels.</summary>
internal sealed class ImageInput : CudaOp<ImageInputOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, ImageInputOp op)
    {
    }
}
