using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Slice : CpuOp<SliceOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SliceOp op) =>
        new Place(plan.Operand(node, 0).Part(node.Type.Shape.Rank, op.Axis, op.Start, op.Length));
}
