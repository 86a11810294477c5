using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class ArgMax2d : CpuOp<ArgMax2dOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ArgMax2dOp op)
    {
        Area input = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Emit(node, new ArgMax2dStep<TSimd, TVector>(input, output), output, input);
        return output;
    }
}
