namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/reduce.cu.</summary>
internal sealed class Reduce : CudaOp<ReduceOp>
{
    // From here on a thread alone takes longer than the warp's five exchanges.
    private const int SpreadFrom = 16;

    protected override void Lower(CudaLoweringContext context, Node node, ReduceOp op)
    {
        View x = context.Views.Of(node, 0), to = context.Views.Allocate(node);
        int[] kept = [.. Enumerable.Range(0, x.Shape.Rank).Where(axis => axis < op.FirstAxis || axis >= op.FirstAxis + op.AxisCount)];
        int[] gone = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        int count = gone.Aggregate(1, (product, axis) => product * x.Shape[axis]);
        bool spread = count >= SpreadFrom;
        LaunchStep step = new LaunchStep(node, "reduce", $"reduce_{op.Reduction.ToString().ToLowerInvariant()}", to)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored).Define("OPERATION", (int)op.Reduction).Define("SPREAD", spread)
            .Define("IN_TYPE", x.TypeName);
        int[] order = to.Order, extents = to.OrderedExtents, strides = to.OrderedStrides;
        long rows = 1;
        for (int i = 0; i < 4; i++)
        {
            step.Define($"A{i}", order[i] < 0 ? 0 : x.Strides[kept[order[i]]]);
            if (i < 3)
            {
                int axis = i - 3 + gone.Length;
                step.Define($"E{i}", extents[i]).Define($"Y{i}", strides[i])
                    .Define($"K{i}", axis < 0 ? 1 : x.Shape[gone[axis]]).Define($"R{i}", axis < 0 ? 0 : x.Strides[gone[axis]]);
                rows *= extents[i];
            }
        }

        step.Take(x.Pointer, to.Target).Spread(rows * to.Stored, spread ? 4 : 128);
        step.Detail = $"{x.Shape}->{to.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
