namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Resize : CpuOp<ResizeOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ResizeOp op)
    {
        View input = plan.Operand(node, 0), output = plan.Allocate(node);
        var step = new ResizeStep<TSimd, TVector>(
            ResizeAxis.Of(op.Mode, input.Height, output.Height), ResizeAxis.Of(op.Mode, input.Width, output.Width), op, input, output, plan.Threads);
        plan.Emit(node, step, output, input);
        return output;
    }
}
