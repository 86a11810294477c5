using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>Where values lie, and copies where they lie wrong.</content>
internal sealed partial class CudaLowering
{
    private readonly Dictionary<View, View> _aligned = [];
    private readonly Dictionary<View, View> _halves = [];
    private readonly Dictionary<(Tensor Tensor, string Packing), PlanBuffer> _constants = [];

    private Shape ShapeOf(Node node, int operand) => _graph.Nodes[node.Inputs[operand]].Type.Shape;

    /// <summary>Whether a node's result is stored in fp16. Vectors are not: they are small, and what they feed reads either type.</summary>
    private bool IsHalf(Node node) =>
        (node.Type.Shape.Rank > 2 || node.Type.Shape.Count > MostRowsByLanes * node.Type.Shape[-1])
        && _precision == Precision.Float16 && !node.FullPrecision && !_shown.Contains(node.Id) && !_trunk.Contains(node.Id)
        && !node.Op.Traits.AlwaysFloat32;

    /// <summary>The results and what they are only moved from: these are not rounded to fp16 on their way to the caller.</summary>
    private static HashSet<int> ShownBy(OpGraph graph, IEnumerable<int> results)
    {
        var shown = new HashSet<int>();
        var open = new Stack<int>(results);
        while (open.TryPop(out int id))
        {
            if (shown.Add(id) && graph.Nodes[id].Op.Traits.MovesOnly)
            {
                foreach (int input in graph.Nodes[id].Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return shown;
    }

    /// <summary>
    /// Residual sums and other wide results that no tensor core reads, only kernels that take either type: rounding them to fp16 in
    /// every block would add up along the trunk and save nothing but bandwidth.
    /// </summary>
    private static HashSet<int> TrunkOf(OpGraph graph, HashSet<int> shown)
    {
        var trunk = new HashSet<int>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is IEpilogueOp { Epilogue.Residual: true } || node.Rounding == Rounding.Operands)
            {
                trunk.Add(node.Id);
            }
        }

        foreach (Node user in graph.Nodes)
        {
            bool byTensorCores = user.Op.Traits.Reads == OperandPrecision.TensorCores && !user.FullPrecision && !shown.Contains(user.Id);
            bool byEither = user.Op.Traits.Reads != OperandPrecision.Plan;
            for (int i = 0; i < user.Inputs.Count; i++)
            {
                if (!byEither || (byTensorCores && i == 0))
                {
                    trunk.Remove(user.Inputs[i]);
                }
            }
        }

        return trunk;
    }

    /// <summary>
    /// Memory for what the launch of a node stores: in its place of a concatenation; where the caller reads it if that suits both; else
    /// in the arena. A tap stays where it would be unobserved, so that observing changes nothing.
    /// </summary>
    private View Allocate(Node node)
    {
        node = _tails.GetValueOrDefault(node.Id)?.Sum ?? node;
        Shape shape = node.Type.Shape;
        View place;
        if (_parts.TryGetValue(node.Id, out var part))
        {
            View all = _views[part.Concat.Id] ?? Allocate(part.Concat);
            int axis = ((ConcatOp)part.Concat.Op).Axis;
            place = all.Part(axis, part.Start, shape[axis]);
            if (axis == AffineOp.ChannelAxis(shape) && part.Operand == part.Concat.Inputs.Count - 1)
            {
                place = place with { Stored = place.Channels + all.Stored - all.Channels };
            }
        }
        else if (_outputs.Contains(node.Id) && shape.Rank != 4 && !IsHalf(node))
        {
            place = View.RowMajor(ResultBuffer(node), shape);
        }
        else if (_pairs.Contains(node.Id))
        {
            place = Layout.Split(new PlanBuffer(BufferKind.Arena, Layout.FreshCount(shape) * sizeof(float)), shape);
        }
        else
        {
            bool isHalf = IsHalf(node);
            place = Layout.Fresh(new PlanBuffer(BufferKind.Arena, Layout.FreshCount(shape) * (isHalf ? 2 : 4)), isHalf, shape);
        }

        return _views[node.Id] = place;
    }

    /// <summary>Memory for a result without padding.</summary>
    private View AllocateDense(Node node)
    {
        PlanBuffer buffer = _outputs.Contains(node.Id)
            ? ResultBuffer(node)
            : new PlanBuffer(BufferKind.Arena, 4L * Math.Max(1, node.Type.Shape.Count));
        return _views[node.Id] = View.RowMajor(buffer, node.Type.Shape);
    }

    private PlanBuffer ResultBuffer(Node node)
    {
        var buffer = new PlanBuffer(BufferKind.Output, Math.Max(1L, node.Type.Shape.Count) * sizeof(float));
        _plan.Results.Add(node.Id, buffer);
        return buffer;
    }

    /// <summary>An operand wherever it lies; of a pair the high halves.</summary>
    private View ViewOf(Node node, int operand) => ViewOf(node.Inputs[operand]);

    private View ViewOf(int id) => Whole(id).High();

    /// <summary>An operand for a kernel that adds both halves of a pair.</summary>
    private View Whole(Node node, int operand) => Whole(node.Inputs[operand]);

    private View Whole(int id)
    {
        if (_views[id] is { } known)
        {
            return known;
        }

        Node node = _graph.Nodes[id];
        if (node.Op is not ConstantOp { Tensor.Type: DType.Float32 } constant)
        {
            throw new GraphException($"the cuda backend cannot use {node.Op.Kind} {node.Op.Describe()} of type {node.Type} as floats");
        }

        View place = Layout.Fresh(new PlanBuffer(BufferKind.Constant, 0), isHalf: false, node.Type.Shape);
        var values = new float[Math.Max(1, Layout.FreshCount(node.Type.Shape))];
        ReadOnlySpan<float> from = constant.Tensor.Span<float>();
        int[] rowMajor = View.RowMajorStrides(node.Type.Shape);
        for (int i = 0; i < from.Length; i++)
        {
            int at = 0;
            for (int axis = 0; axis < rowMajor.Length; axis++)
            {
                at += i / rowMajor[axis] % node.Type.Shape[axis] * place.Strides[axis];
            }

            values[at] = from[i];
        }

        return _views[id] = place with { Buffer = _plan.AddConstant(MemoryMarshal.AsBytes(values.AsSpan()).ToArray()) };
    }

    /// <summary>An operand as rows of neighbouring channels.</summary>
    private View Rows(Node node, int operand) => Rows(node, ViewOf(node, operand));

    private View Rows(Node node, View place) => place.IsMatrix ? place : Aligned(node, place);

    /// <summary>An operand that can be read in groups of 8 channels.</summary>
    private View Aligned(Node node, int operand) => Aligned(node, ViewOf(node, operand));

    private View Aligned(Node node, View place) => place.IsAligned ? place : Copied(node, place, place.IsHalf, _aligned);

    /// <summary>An operand in fp16 that can be read in groups of 8 channels.</summary>
    private View AlignedHalf(Node node, int operand)
    {
        View place = ViewOf(node, operand);
        return place is { IsAligned: true, IsHalf: true } ? place : Copied(node, place, isHalf: true, _halves);
    }

    private View Copied(Node node, View from, bool isHalf, Dictionary<View, View> cache)
    {
        if (!cache.TryGetValue(from, out View? copy))
        {
            // As a map, so that short rows are padded too.
            int[] extents = from.OrderedExtents;
            var shape = new Shape(extents[0], extents[3], extents[1], extents[2]);
            var buffer = new PlanBuffer(BufferKind.Arena, Layout.FreshCount(shape) * (isHalf ? 2 : 4));
            View to = Layout.Fresh(buffer, isHalf, shape);
            int[] strides = to.Strides, order = from.Order;
            var own = new int[from.Shape.Rank];
            for (int i = 0; i < 4; i++)
            {
                if (order[i] >= 0)
                {
                    own[order[i]] = strides[to.Order[i]];
                }
            }

            copy = new View(to.Buffer, to.Offset, from.Shape, own) { IsHalf = to.IsHalf, Low = to.Low, Stored = to.Stored, Border = to.Border };
            Copy(node, from, copy);
            cache.Add(from, copy);
        }

        return copy;
    }

    /// <summary>The tensor of an operand that must be known when the plan is made.</summary>
    private Tensor Constant(Node node, int operand, string what) => _graph.Nodes[node.Inputs[operand]].Op is ConstantOp constant
        ? constant.Tensor
        : throw new GraphException($"the cuda backend needs a constant {what} for {node.Op.Kind} (node {node.Id})");

    /// <summary>A constant packed once, whoever asks for it.</summary>
    private PlanBuffer Packed(Tensor tensor, string packing, Func<byte[]> pack)
    {
        if (!_constants.TryGetValue((tensor, packing), out PlanBuffer? buffer))
        {
            _constants.Add((tensor, packing), buffer = _plan.AddConstant(pack()));
        }

        return buffer;
    }

    /// <summary>One float per channel, zeros up to a whole group; null if the op has none.</summary>
    private Pointer PerChannel(Node node, int operand, string what)
    {
        if (operand < 0)
        {
            return default;
        }

        Tensor tensor = Constant(node, operand, what);
        return new Pointer(
            Packed(tensor, "channels", () =>
            {
                var values = new float[Layout.Padded(tensor.Shape.Count)];
                tensor.Span<float>().CopyTo(values);
                return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
            }),
            0);
    }

    /// <summary>Dense floats of a constant.</summary>
    private Pointer Floats(Node node, int operand, string what) => PerChannel(node, operand, what);

    /// <summary>An index table; constants are checked here, inputs when the plan runs.</summary>
    private Pointer Indices(Node node, int operand, int limit, string what)
    {
        int id = node.Inputs[operand];
        if (_graph.Nodes[id].Op is not ConstantOp constant)
        {
            _plan.IndexInputs.Add((id, limit, $"{node.Op.Kind}: {what}"));
            return new Pointer(_plan.Inputs[id], 0);
        }

        foreach (int value in constant.Tensor.Span<int>())
        {
            if ((uint)value >= (uint)limit)
            {
                throw new GraphException($"{node.Op.Kind}: {what} {constant.Name} holds {value}, outside 0..{limit - 1}");
            }
        }

        // A table may be empty (a graph without edges), a buffer may not.
        return new Pointer(
            Packed(constant.Tensor, "table", () => constant.Tensor.Bytes.Length == 0 ? new byte[4] : constant.Tensor.Bytes.ToArray()), 0);
    }

    private void Input(Node node, InputOp input)
    {
        Shape shape = node.Type.Shape;
        var buffer = new PlanBuffer(BufferKind.Input, Math.Max(1L, shape.Count) * node.Type.Type.Size());
        _plan.Inputs.Add(node.Id, buffer);
        if (input.Declared.Type != DType.Float32)
        {
            return;
        }

        View given = View.RowMajor(buffer, shape);
        if (shape.Rank != 4)
        {
            _views[node.Id] = given;
            return;
        }

        bool isHalf = _precision == Precision.Float16 && !node.FullPrecision
            && !_graph.Nodes.Any(user => user.FullPrecision && user.Inputs.Contains(node.Id));
        View place = Layout.Fresh(new PlanBuffer(BufferKind.Arena, Layout.FreshCount(shape) * (isHalf ? 2 : 4)), isHalf, shape);
        Copy(node, given, place);
        _views[node.Id] = place;
    }

    /// <summary>Lays a result out for the caller, unless it was written there.</summary>
    private void Export(Node node)
    {
        if (node.Type.Type != DType.Float32 || node.Op is ImageInputOp)
        {
            throw new GraphException($"the result of {node.Op.Kind} is {node.Type}; the cuda backend returns floats only");
        }

        if (!_plan.Results.ContainsKey(node.Id))
        {
            View from = Whole(node.Id);
            Copy(node, from, View.RowMajor(ResultBuffer(node), node.Type.Shape));
        }
    }

    /// <summary>Starts a launch that computes a node.</summary>
    private static LaunchStep Launch(Node node, string file, string variant, View output) =>
        new LaunchStep(node, file, $"{variant}_{(output.IsSplit ? "pair" : output.IsHalf ? "f16" : "f32")}").Define("OUT_TYPE", output.TypeName);

    /// <summary>Appends a launch.</summary>
    private void Emit(LaunchStep step, long bytes, bool computes = true)
    {
        step.Bytes = bytes;
        step.MultiplyAdds = computes ? step.Node.Op.MultiplyAdds(_graph.InputTypes(step.Node), step.Node.Type) : 0;
        _plan.Steps.Add(step);
    }

    private static long BytesOf(params ReadOnlySpan<View> places)
    {
        long bytes = 0;
        foreach (View place in places)
        {
            bytes += (long)place.Shape.Count * place.ElementBytes * (place.IsSplit ? 2 : 1);
        }

        return bytes;
    }
}
