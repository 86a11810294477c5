using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class RootSolve : CpuOp<RootSolveOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, RootSolveOp op)
    {
        Area points = plan.AsDense(node, 0), rays = plan.AsDense(node, 1), weights = plan.AsDense(node, 2), output = plan.Allocate(node);
        plan.Emit(node, new RootSolveStep(points, rays, weights, output), output, points, rays, weights);
        return output;
    }
}
