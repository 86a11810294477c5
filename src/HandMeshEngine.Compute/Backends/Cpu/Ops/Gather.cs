namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Gather : CpuOp<GatherOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, GatherOp op)
    {
        View x = plan.Operand(node, 0), output = plan.Allocate(node);
        CpuBuffer indices = plan.Indices(node, 1, x.Width, "index");
        plan.Emit(node, new GatherStep<TSimd, TVector>(x, indices, output, plan.Threads), output, x);
        plan.TouchByLastStep(indices);
        return output;
    }
}
