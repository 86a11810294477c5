namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Binary : CpuOp<BinaryOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, BinaryOp op)
    {
        if (AveragePool.MapOfScale(plan, node) is not null)
        {
            return null;
        }

        ElementKind kind = op.Arithmetic switch
        {
            BinaryKind.Add => ElementKind.Add,
            BinaryKind.Subtract => ElementKind.Subtract,
            BinaryKind.Multiply => ElementKind.Multiply,
            _ => ElementKind.Divide,
        };
        return Elements.Emit(plan, node, kind, op.Activation, 2, Elements.Broadcast(plan, node, 0), Elements.Broadcast(plan, node, 1));
    }
}
