namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class RootSolve : CpuOp<RootSolveOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, RootSolveOp op)
    {
        View points = plan.AsDense(node, 0), rays = plan.AsDense(node, 1), weights = plan.AsDense(node, 2), output = plan.Allocate(node);
        plan.Emit(node, new RootSolveStep(points, rays, weights, output), output, points, rays, weights);
        return output;
    }
}
