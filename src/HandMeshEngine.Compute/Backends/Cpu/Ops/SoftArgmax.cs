namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class SoftArgmax : CpuOp<SoftArgmaxOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SoftArgmaxOp op)
    {
        View output = plan.Allocate(node), input = plan.Operand(node, 0);

        // [N, V, B] -> [N, V]: one number for each row of the input.
        View ones = input.Images > 1 && input.Images * input.Width == output.Count
            ? output.Reshaped(new Shape(input.Images, input.Width, 1))!
            : output.Reshaped(new Shape(output.Count, 1))!;
        plan.Emit(node, new RowStep(op.Kind, new SoftArgmaxRows<TSimd, TVector>(), input, ones, plan.Threads), output, input);
        return output;
    }
}
