using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/rootsolve.cu.</content>
internal sealed partial class CudaLowering
{
    private void RootSolve(Node node)
    {
        View points = Rows(node, 0), rays = Rows(node, 1), weights = Rows(node, 2), to = Allocate(node);
        LaunchStep step = Launch(node, "rootsolve", "rootsolve", to)
            .Define("SYSTEMS", points.Shape[0]).Define("JOINTS", points.Shape[1]).Define("POINT_PITCH", points.Pitch)
            .Define("RAY_PITCH", rays.Pitch).Define("WEIGHT_PITCH", weights.Pitch).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch)
            .Define("POINT_TYPE", points.TypeName).Define("RAY_TYPE", rays.TypeName).Define("WEIGHT_TYPE", weights.TypeName)
            .Take(points.Pointer, rays.Pointer, weights.Pointer, to.Target).Spread(points.Shape[0], itemsPerBlock: 4);
        step.Detail = $"{points.Shape}";
        Emit(step, BytesOf(points, rays, weights, to));
    }
}
