namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class BinCenters : CpuOp<BinCentersOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, BinCentersOp op)
    {
        View range = plan.Operand(node, 1);
        View output = plan.EmitRows(node, new BinCentersRows(op.Epsilon, range));
        plan.TouchByLastStep(range.Memory);
        return output;
    }
}
