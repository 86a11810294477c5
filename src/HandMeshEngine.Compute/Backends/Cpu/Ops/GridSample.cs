using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class GridSample : CpuOp<GridSampleOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, GridSampleOp op)
    {
        Area map = plan.Operand(node, 0), points = plan.Operand(node, 1), output = plan.Allocate(node);
        plan.Emit(node, new GridSampleStep<TSimd, TVector>(op.Border, map, points, output, plan.Threads), output, map, points);
        return output;
    }
}
