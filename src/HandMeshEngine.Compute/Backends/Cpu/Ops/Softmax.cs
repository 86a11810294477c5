using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Softmax : CpuOp<SoftmaxOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SoftmaxOp op) => plan.EmitRows(node, new SoftmaxRows<TSimd, TVector>());
}
