using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/argmax2d.cu.</content>
internal sealed partial class CudaLowering
{
    private void ArgMax2d(Node node)
    {
        View x = Rows(node, 0), to = Allocate(node);
        LaunchStep step = Launch(node, "argmax2d", "argmax2d", to)
            .Define("IMAGES", x.Shape[0]).Define("MAPS", x.Shape[1]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3])
            .Define("IN_PITCH", x.Pitch).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, to.Target).Spread(to.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        Emit(step, BytesOf(x, to));
    }
}
