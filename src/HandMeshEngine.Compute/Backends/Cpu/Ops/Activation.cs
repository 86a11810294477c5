namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Activation : CpuOp<ActivationOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ActivationOp op) =>
        Elements.Emit(plan, node, ElementKind.Copy, op.Activation, 1, Elements.Broadcast(plan, node, 0));
}
