using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class BinCenters : CpuOp<BinCentersOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, BinCentersOp op)
    {
        Area range = plan.Operand(node, 1);
        Area output = plan.EmitRows(node, new BinCentersRows(op.Epsilon, range));
        plan.TouchByLastStep(range.Block);
        return output;
    }
}
