using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/softmax.cu.</content>
internal sealed partial class CudaLowering
{
    private void Softmax(Node node, bool expectation)
    {
        // An expectation is one number a row: the elements of the result, in order.
        View x = Rows(node, 0), to = expectation ? AllocateDense(node) : Allocate(node);
        LaunchStep step = Launch(node, "softmax", expectation ? "softargmax" : "softmax", to)
            .Define("ROWS", x.Pixels).Define("CHANNELS", x.Channels).Define("STORED", expectation ? 1 : to.Stored)
            .Define("IN_PITCH", x.Pitch).Define("OUT_PITCH", expectation ? 1 : to.Pitch).Define("EXPECTATION", expectation)
            .Define("IN_TYPE", x.TypeName).Take(x.Pointer, to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        Emit(step, BytesOf(x, to));
    }
}
