namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed unsafe class LayerNorm : CpuOp<LayerNormOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, LayerNormOp op) => plan.EmitRows(
        node, new LayerNormRows<TSimd, TVector>(op.Epsilon, plan.PerChannel(node, 1, "gain"), plan.PerChannel(node, 2, "bias")));
}
