using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/resize.cu.</content>
internal sealed partial class CudaLowering
{
    private void Resize(Node node, ResizeOp op)
    {
        View x = Aligned(node, node.FullPrecision ? Whole(node, 0) : ViewOf(node, 0)), to = Allocate(node);
        LaunchStep step = MapToMap(Launch(node, "resize", "resize", to), x, to).Define("MODE", (int)op.Mode);
        step.Detail = $"{x.Shape}->{to.Shape} {op.Mode.ToString().ToLowerInvariant()}{step.Ending}";
        Emit(step, BytesOf(x, to));
    }
}
