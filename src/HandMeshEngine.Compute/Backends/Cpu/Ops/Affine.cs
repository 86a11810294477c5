namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Affine : CpuOp<AffineOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, AffineOp op) => Elements.Emit(
        plan,
        node,
        ElementKind.Affine,
        op.Activation,
        3,
        Elements.Broadcast(plan, node, 0),
        Elements.OfChannels(plan, node, 1, "scale"),
        Elements.OfChannels(plan, node, 2, "shift"));
}
