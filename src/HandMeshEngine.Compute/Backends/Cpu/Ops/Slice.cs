namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Slice : CpuOp<SliceOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SliceOp op) =>
        plan.Operand(node, 0).Part(op.Axis, op.Start, op.Length);
}
