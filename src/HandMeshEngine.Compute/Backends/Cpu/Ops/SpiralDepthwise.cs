namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed unsafe class SpiralDepthwise : CpuOp<SpiralDepthwiseOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SpiralDepthwiseOp op)
    {
        View x = plan.Operand(node, 0), output = plan.Allocate(node);
        CpuBuffer indices = plan.Indices(node, 1, x.Width, "index");
        Shape weight = plan.OperandShape(node, 2);
        ReadOnlySpan<float> values = plan.Constant(node, 2, "weight").Span<float>();
        float* byTap = plan.Constants.Floats(weight.Count);
        for (int i = 0; i < weight.Count && !plan.Constants.IsFilled; i++)
        {
            byTap[(i % weight[1] * weight[0]) + (i / weight[1])] = values[i];
        }

        var rows = new WeightedRows(indices, weight[1], new CpuBuffer(byTap, weight.Count), PerChannel: true);
        plan.Emit(node, new WeightedRowsStep<TSimd, TVector>("spiraldepthwise", x, rows, output, plan.Threads), output, x);
        plan.TouchByLastStep(indices);
        return output;
    }
}
