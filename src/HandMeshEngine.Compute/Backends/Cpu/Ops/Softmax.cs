namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Softmax : CpuOp<SoftmaxOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SoftmaxOp op) => plan.EmitRows(node, new SoftmaxRows<TSimd, TVector>());
}
