namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Copies of values from one layout to another: kernels/move.cu.</summary>
internal static class Moves
{
    /// <summary>Copies a value to a view of the same elements in row-major order, zeros behind its pixels included.</summary>
    /// <param name="context">Gets the launch.</param>
    /// <param name="node">The node that the copy serves.</param>
    /// <param name="from">What is copied.</param>
    /// <param name="to">Where to.</param>
    /// <param name="stored">Channels that are written of each pixel; those of <paramref name="to"/> if null.</param>
    public static void Copy(CudaLoweringContext context, Node node, View from, View to, int? stored = null)
    {
        int[] order = AxesByStride(to);
        int channelAxis = AffineOp.ChannelAxis(to.Shape), written = stored ?? to.Stored;
        if (written > to.Channels && order[^1] != channelAxis)
        {
            throw new GraphException($"{node.Op.Kind}: zeros can only follow channels");
        }

        LaunchStep step = new LaunchStep(node, "move", "move", to)
            .Define("IN_TYPE", from.TypeName).Define("IN_LOW", from.Low).Define("OUT_LOW", to.Low);
        int[] rowMajor = View.RowMajorStrides(to.Shape);
        long rows = 1;
        for (int i = 0; i < 4; i++)
        {
            int axis = i - 4 + order.Length < 0 ? -1 : order[i - 4 + order.Length];
            int extent = axis < 0 ? 1 : to.Shape[axis];
            step.Define($"E{i}", extent).Define($"T{i}", axis < 0 ? 0 : to.Strides[axis]).Define($"F{i}", axis < 0 ? 0 : rowMajor[axis]);
            rows *= i < 3 ? extent : 1;
        }

        int last = order.Length == 0 ? 1 : to.Shape[order[^1]];
        int width = order.Length > 0 && order[^1] == channelAxis ? Math.Max(written, last) : last;
        for (int i = 0; i < 4; i++)
        {
            int axis = i - 4 + from.Shape.Rank;
            step.Define($"D{i}", axis < 0 ? 1 : from.Shape[axis]).Define($"S{i}", axis < 0 ? 0 : from.Strides[axis]);
        }

        step.Define("STORED", width).Define("BASE", 0).Take(from.Pointer, to.Target).Spread(rows * width);
        step.Detail = from.Shape.Equals(to.Shape) ? $"{to.Shape}" : $"{from.Shape}->{to.Shape}";
        context.Emit(step, Layout.BytesOf(from, to), computes: false);
    }

    // Threads follow the target's memory: its axes by falling stride, axes of extent 1 first.
    private static int[] AxesByStride(View to) =>
    [
        .. Enumerable.Range(0, to.Shape.Rank).OrderByDescending(
            axis => to.Shape[axis] == 1 && axis != AffineOp.ChannelAxis(to.Shape) ? int.MaxValue : to.Strides[axis]),
    ];
}
