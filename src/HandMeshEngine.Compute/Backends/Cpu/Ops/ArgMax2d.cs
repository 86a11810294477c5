namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class ArgMax2d : CpuOp<ArgMax2dOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ArgMax2dOp op)
    {
        View input = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Emit(node, new ArgMax2dStep<TSimd, TVector>(input, output), output, input);
        return output;
    }
}
