using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/spacetodepth.cu.</content>
internal sealed partial class CudaLowering
{
    private void SpaceToDepth(Node node)
    {
        View x = Rows(node, 0), to = Allocate(node);
        LaunchStep step = Launch(node, "spacetodepth", "spacetodepth", to)
            .Define("IMAGES", to.Shape[0]).Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, to.Target).Spread((long)to.Pixels * to.Stored);
        step.Detail = $"{x.Shape}->{to.Shape}";
        Emit(step, BytesOf(x, to));
    }
}
