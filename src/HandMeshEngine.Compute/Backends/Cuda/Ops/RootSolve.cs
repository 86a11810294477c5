namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/rootsolve.cu.</summary>
internal sealed class RootSolve : CudaOp<RootSolveOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, RootSolveOp op)
    {
        View points = context.Views.MatrixOf(node, 0), rays = context.Views.MatrixOf(node, 1), weights = context.Views.MatrixOf(node, 2), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "rootsolve", "rootsolve", to)
            .Define("SYSTEMS", points.Shape[0]).Define("JOINTS", points.Shape[1]).Define("POINT_PITCH", points.Pitch)
            .Define("RAY_PITCH", rays.Pitch).Define("WEIGHT_PITCH", weights.Pitch).Define("STORED", to.Stored).Define("OUT_PITCH", to.Pitch)
            .Define("POINT_TYPE", points.TypeName).Define("RAY_TYPE", rays.TypeName).Define("WEIGHT_TYPE", weights.TypeName)
            .Take(points.Pointer, rays.Pointer, weights.Pointer, to.Target).Spread(points.Shape[0], itemsPerBlock: 4);
        step.Detail = $"{points.Shape}";
        context.Emit(step, Layout.BytesOf(points, rays, weights, to));
    }
}
