namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class GridSample : CpuOp<GridSampleOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, GridSampleOp op)
    {
        View map = plan.Operand(node, 0), points = plan.Operand(node, 1), output = plan.Allocate(node);
        plan.Emit(node, new GridSampleStep<TSimd, TVector>(op.Border, map, points, output, plan.Threads), output, map, points);
        return output;
    }
}
