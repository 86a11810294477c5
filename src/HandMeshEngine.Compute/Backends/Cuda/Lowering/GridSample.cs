using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/gridsample.cu.</content>
internal sealed partial class CudaLowering
{
    private void GridSample(Node node, GridSampleOp op)
    {
        Place map = Rows(node, 0), points = Rows(node, 1), to = Allocate(node);
        LaunchStep step = Launch(node, "gridsample", "gridsample", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", map.Shape[2]).Define("IN_WIDTH", map.Shape[3]).Define("IN_PITCH", map.Pitch)
            .Define("POINTS", to.Shape[1]).Define("POINT_PITCH", points.Pitch).Define("CHANNELS", to.Channels).Define("STORED", to.Stored)
            .Define("OUT_PITCH", to.Pitch).Define("CLAMP", op.Border == SampleBorder.Clamp)
            .Define("IN_TYPE", map.TypeName).Define("POINT_TYPE", points.TypeName)
            .Take(map.Pointer, points.Pointer, to.Pointer).Spread((long)to.Rows * to.Stored);
        step.Detail = $"{map.Shape} at {points.Shape}";
        Emit(step, BytesOf(map, points, to));
    }
}
