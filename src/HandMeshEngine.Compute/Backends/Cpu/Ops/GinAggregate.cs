namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class GinAggregate : CpuOp<GinAggregateOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, GinAggregateOp op)
    {
        View x = plan.Operand(node, 0), output = plan.Allocate(node);
        CpuBuffer columns = plan.Indices(node, 2, x.Width, "columns");
        CpuBuffer rows = plan.Indices(node, 1, plan.OperandShape(node, 2)[0] + 1, "rows");
        plan.Emit(node, new GinAggregateStep<TSimd, TVector>(1 + op.Epsilon, x, rows, columns, output, plan.Threads), output, x);
        plan.TouchByLastStep(columns);
        plan.TouchByLastStep(rows);
        return output;
    }
}
