using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/bincenters.cu.</content>
internal sealed partial class CudaLowering
{
    private void BinCenters(Node node, BinCentersOp op)
    {
        View x = Rows(node, 0), range = Rows(node, 1), to = Allocate(node);
        LaunchStep step = Launch(node, "bincenters", "bincenters", to)
            .Define("ROWS", x.Pixels).Define("BINS", x.Channels).Define("STORED", to.Stored).Define("IN_PITCH", x.Pitch)
            .Define("OUT_PITCH", to.Pitch).Define("EPSILON", op.Epsilon).Define("IN_TYPE", x.TypeName).Define("RANGE_TYPE", range.TypeName)
            .Take(x.Pointer, range.Pointer, to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        Emit(step, BytesOf(x, to));
    }
}
