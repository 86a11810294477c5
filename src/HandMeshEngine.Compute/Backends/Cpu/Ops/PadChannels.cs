namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class PadChannels : CpuOp<PadChannelsOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, PadChannelsOp op)
    {
        View input = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Emit(node, new PadChannelsStep<TSimd, TVector>(input, output, plan.Threads), output, input);
        return output;
    }
}
