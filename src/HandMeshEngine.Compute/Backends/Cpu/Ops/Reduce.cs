namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

internal sealed class Reduce : CpuOp<ReduceOp>
{
    public override bool WritesAnywhere => false;

    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ReduceOp op)
    {
        View input = plan.ViewOf(node.Inputs[0]);
        Shape from = input.Shape, result = node.Type.Shape;

        // What is left of a map lies as the map does: channels last.
        bool swapsResult = from.Rank == 4 && op.AxisCount == 1 && op.FirstAxis >= 2;
        View output = swapsResult ? Layout.Fresh(new Shape(result[0], result[2], result[1])).Transposed(1, 2) : Layout.Fresh(result);
        int[] gone = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        int[] kept = [.. Enumerable.Range(0, from.Rank).Except(gone)];
        var step = new ReduceStep<TSimd, TVector>(
            op.Reduction,
            new ReduceAxes([.. kept.Select(axis => from[axis])], [.. kept.Select(axis => (long)input.Strides[axis])], [.. output.Strides]),
            new ReduceAxes([.. gone.Select(axis => from[axis])], [.. gone.Select(axis => (long)input.Strides[axis])], []),
            input,
            output,
            plan.Threads);
        plan.Emit(node, step, output, input);
        return output;
    }
}
