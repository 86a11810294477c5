using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class PadChannels : CpuOp<PadChannelsOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, PadChannelsOp op)
    {
        Area input = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Emit(node, new PadChannelsStep<TSimd, TVector>(input, output, plan.Threads), output, input);
        return output;
    }
}
