using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/move.cu.</content>
internal sealed partial class CudaLowering
{
    /// <summary>Copies a value to another place of the same shape, zeros behind its rows included.</summary>
    private void Copy(Node node, View from, View to, int? stored = null) =>
        Move(node, from, to, View.RowMajorStrides(to.Shape), stored ?? to.Stored);

    /// <summary>
    /// Copies; <paramref name="flat"/> holds for each axis of the target how far one index goes in the source's row-major order.
    /// </summary>
    private void Move(Node node, View from, View to, int[] flat, int stored)
    {
        // Threads follow the target's memory: its axes by falling stride.
        int[] order = [.. Enumerable.Range(0, to.Shape.Rank).OrderByDescending(axis => to.Shape[axis] == 1 && axis != AffineOp.ChannelAxis(to.Shape) ? int.MaxValue : to.Strides[axis])];
        if (stored > to.Channels && order[^1] != AffineOp.ChannelAxis(to.Shape))
        {
            throw new GraphException($"{node.Op.Kind}: zeros can only follow channels");
        }

        LaunchStep step = Launch(node, "move", "move", to).Define("IN_TYPE", from.TypeName).Define("IN_LOW", from.Low).Define("OUT_LOW", to.Low);
        long rows = 1;
        for (int i = 0; i < 4; i++)
        {
            int axis = i - 4 + order.Length < 0 ? -1 : order[i - 4 + order.Length];
            int extent = axis < 0 ? 1 : to.Shape[axis];
            step.Define($"E{i}", extent).Define($"T{i}", axis < 0 ? 0 : to.Strides[axis]).Define($"F{i}", axis < 0 ? 0 : flat[axis]);
            rows *= i < 3 ? extent : 1;
        }

        int last = order.Length == 0 ? 1 : to.Shape[order[^1]];
        int width = order.Length > 0 && order[^1] == AffineOp.ChannelAxis(to.Shape) ? Math.Max(stored, last) : last;
        for (int i = 0; i < 4; i++)
        {
            int axis = i - 4 + from.Shape.Rank;
            step.Define($"D{i}", axis < 0 ? 1 : from.Shape[axis]).Define($"S{i}", axis < 0 ? 0 : from.Strides[axis]);
        }

        step.Define("STORED", width).Define("BASE", 0).Take(from.Pointer, to.Target).Spread(rows * width);
        step.Detail = from.Shape.Equals(to.Shape) ? $"{to.Shape}" : $"{from.Shape}->{to.Shape}";
        Emit(step, BytesOf(from, to), computes: false);
    }

    private void Reshape(Node node)
    {
        View from = ViewOf(node, 0);
        if (from.Reshaped(node.Type.Shape) is { } view)
        {
            _views[node.Id] = view;
            return;
        }

        View to = Allocate(node);
        Copy(node, from, to);
    }

    private void Concat(Node node, ConcatOp concat)
    {
        View to = _views[node.Id] ?? Allocate(node);
        int start = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (_parts.TryGetValue(node.Inputs[i], out var place) && place.Concat == node && place.Operand == i)
            {
                start += ShapeOf(node, i)[concat.Axis];
                continue; // it was computed there
            }

            View from = Whole(node, i);
            int length = from.Shape[concat.Axis];
            bool endsRow = concat.Axis == AffineOp.ChannelAxis(node.Type.Shape) && i == node.Inputs.Count - 1;
            View part = to.Part(concat.Axis, start, length);
            Copy(node, from, part, endsRow ? length + to.Stored - to.Channels : part.Stored);
            start += length;
        }
    }

    private void PadChannels(Node node)
    {
        View from = ViewOf(node, 0);
        View to = Allocate(node);
        Copy(node, from, to.Part(1, 0, from.Channels), to.Stored);
    }
}
