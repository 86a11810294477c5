using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/resize.cu.</content>
internal sealed partial class CudaLowering
{
    private void Resize(Node node, ResizeOp op)
    {
        Place x = Aligned(node, node.FullPrecision ? Whole(node, 0) : PlaceOf(node, 0)), to = Allocate(node);
        LaunchStep step = MapToMap(Launch(node, "resize", "resize", to), x, to).Define("MODE", (int)op.Mode);
        step.Detail = $"{x.Shape}->{to.Shape} {op.Mode.ToString().ToLowerInvariant()}{step.Ending}";
        Emit(step, BytesOf(x, to));
    }
}
