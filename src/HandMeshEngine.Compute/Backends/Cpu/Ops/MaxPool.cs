namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class MaxPool : CpuOp<MaxPoolOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, MaxPoolOp op)
    {
        View input = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Emit(node, new PoolStep<TSimd, TVector>(true, op.Window, op.Stride, op.Padding, input, null, output, plan.Threads), output, input);
        return output;
    }
}
