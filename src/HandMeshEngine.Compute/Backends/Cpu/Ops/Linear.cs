using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Linear : CpuOp<LinearOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, LinearOp op) =>
        ProductPlanner.EmitLinear(plan, node, plan.Operand(node, 0), plan.OperandShape(node, 1)[1]);
}
