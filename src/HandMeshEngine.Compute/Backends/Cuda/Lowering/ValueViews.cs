using HandMeshEngine.Compute.Planning.Fusions;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// Where the values of a plan lie. Operands are handed out as their readers need them; where a value lies otherwise, a launch of
/// kernels/move.cu copies it, once for all readers with the same need.
/// </summary>
internal sealed class ValueViews(CudaLoweringContext context)
{
    private readonly View?[] _views = new View?[context.Graph.Nodes.Count];
    private readonly HashSet<int> _outputs = [.. context.Graph.Outputs.Values];
    private readonly Dictionary<View, View> _aligned = [];
    private readonly Dictionary<View, View> _halves = [];

    /// <summary>Lets a node's result lie where a view says.</summary>
    public void Set(Node node, View view) => _views[node.Id] = view;

    /// <summary>An operand wherever it lies; of a split map the high halves.</summary>
    public View Of(Node node, int operand) => Of(node.Inputs[operand]);

    /// <summary>A value wherever it lies; of a split map the high halves.</summary>
    public View Of(int id) => FullOf(id).High();

    /// <summary>An operand for a kernel that adds both halves of a split map.</summary>
    public View FullOf(Node node, int operand) => FullOf(node.Inputs[operand]);

    /// <summary>A value wherever it lies, in all the precision that it is stored in.</summary>
    public View FullOf(int id) => _views[id] ??= OfConstant(context.Graph.Nodes[id]);

    /// <summary>An operand as a matrix: one pitch for all pixels, channels side by side.</summary>
    public View MatrixOf(Node node, int operand) => Matrix(node, Of(node, operand));

    /// <summary>A value as a matrix, for a node that reads it.</summary>
    public View Matrix(Node node, View view) => view.IsMatrix ? view : Aligned(node, view);

    /// <summary>An operand that can be read in groups of 8 channels.</summary>
    public View AlignedOf(Node node, int operand) => Aligned(node, Of(node, operand));

    /// <summary>A value that can be read in groups of 8 channels, for a node that reads it.</summary>
    public View Aligned(Node node, View view) => view.IsAligned ? view : Copied(node, view, view.IsHalf, _aligned);

    /// <summary>An operand in fp16 that can be read in groups of 8 channels.</summary>
    public View AlignedHalfOf(Node node, int operand)
    {
        View view = Of(node, operand);
        return view is { IsAligned: true, IsHalf: true } ? view : Copied(node, view, isHalf: true, _halves);
    }

    /// <summary>
    /// Memory for what the launch of a node stores: in its part of a concatenation; where the caller reads it if that suits both; else in
    /// the arena. A tap lies where it would unobserved, so that observing changes nothing.
    /// </summary>
    public View Allocate(Node node)
    {
        node = context.Fusions.EpilogueOf(node)?.Sum ?? node;
        Shape shape = node.Type.Shape;
        bool isHalf = context.Precisions.IsHalf(node);
        return _views[node.Id] = context.Fusions.PartOf(node) is { } part ? InConcat(shape, part)
            : _outputs.Contains(node.Id) && shape.Rank != 4 && !isHalf ? View.RowMajor(ResultBuffer(node), shape)
            : context.Precisions.IsSplit(node.Id) ? Layout.Split(Arena(shape, sizeof(float)), shape)
            : Layout.Fresh(Arena(shape, isHalf ? 2 : 4), isHalf, shape);
    }

    /// <summary>Memory for a result without padding.</summary>
    public View AllocateRowMajor(Node node)
    {
        PlanBuffer buffer = _outputs.Contains(node.Id)
            ? ResultBuffer(node)
            : new PlanBuffer(BufferKind.Arena, 4L * Math.Max(1, node.Type.Shape.Count));
        return _views[node.Id] = View.RowMajor(buffer, node.Type.Shape);
    }

    /// <summary>Stands for a result that is read by its own launch only.</summary>
    public static View Unstored(Node node) => Layout.Fresh(new PlanBuffer(BufferKind.Arena, 0), isHalf: true, node.Type.Shape);

    /// <summary>The memory of a concatenation, made when the first of its parts is stored.</summary>
    public View Joined(Node concat) => _views[concat.Id] ?? Allocate(concat);

    /// <summary>Gives the caller the memory of an input; a map is laid out as kernels want it.</summary>
    public void Input(Node node)
    {
        Shape shape = node.Type.Shape;
        var buffer = new PlanBuffer(BufferKind.Input, Math.Max(1L, shape.Count) * node.Type.Type.Size());
        context.Plan.Inputs.Add(node.Id, buffer);
        if (node.Type.Type != DType.Float32)
        {
            return;
        }

        View given = View.RowMajor(buffer, shape);
        if (shape.Rank != 4)
        {
            _views[node.Id] = given;
            return;
        }

        bool isHalf = context.Precisions.IsHalfInput(node, context.Uses);
        View view = Layout.Fresh(Arena(shape, isHalf ? 2 : 4), isHalf, shape);
        Moves.Copy(context, node, given, view);
        _views[node.Id] = view;
    }

    /// <summary>Lays a result out for the caller, unless it was written there.</summary>
    /// <exception cref="GraphException">It is no float.</exception>
    public void Export(Node node)
    {
        context.Operands.RequireResult(node);
        if (!context.Plan.Results.ContainsKey(node.Id))
        {
            View from = FullOf(node.Id);
            Moves.Copy(context, node, from, View.RowMajor(ResultBuffer(node), node.Type.Shape));
        }
    }

    private static PlanBuffer Arena(Shape shape, int elementBytes) => new(BufferKind.Arena, Layout.FreshCount(shape) * elementBytes);

    private PlanBuffer ResultBuffer(Node node)
    {
        var buffer = new PlanBuffer(BufferKind.Output, Math.Max(1L, node.Type.Shape.Count) * sizeof(float));
        context.Plan.Results.Add(node.Id, buffer);
        return buffer;
    }

    private View InConcat(Shape shape, ConcatPart part)
    {
        View all = Joined(part.Concat);
        View view = all.Part(part.Axis, part.Start, shape[part.Axis]);
        return part.Axis == AffineOp.ChannelAxis(shape) && part.IsLast ? view with { Stored = view.Channels + all.Stored - all.Channels } : view;
    }

    private View OfConstant(Node node)
    {
        ReadOnlySpan<float> from = context.Operands.ConstantFloats(node).Span<float>();
        Shape shape = node.Type.Shape;
        View view = Layout.Fresh(new PlanBuffer(BufferKind.Constant, 0), isHalf: false, shape);
        var values = new float[Math.Max(1, Layout.FreshCount(shape))];
        int[] rowMajor = View.RowMajorStrides(shape);
        for (int i = 0; i < from.Length; i++)
        {
            int at = 0;
            for (int axis = 0; axis < rowMajor.Length; axis++)
            {
                at += i / rowMajor[axis] % shape[axis] * view.Strides[axis];
            }

            values[at] = from[i];
        }

        return view with { Buffer = context.Plan.AddConstant(MemoryMarshal.AsBytes(values.AsSpan()).ToArray()) };
    }

    private View Copied(Node node, View from, bool isHalf, Dictionary<View, View> cache)
    {
        if (!cache.TryGetValue(from, out View? copy))
        {
            // As a map, so that pixels of few channels are padded too.
            int[] extents = from.OrderedExtents;
            var shape = new Shape(extents[0], extents[3], extents[1], extents[2]);
            View to = Layout.Fresh(Arena(shape, isHalf ? 2 : 4), isHalf, shape);
            int[] strides = to.Strides, order = from.Order;
            var own = new int[from.Shape.Rank];
            for (int i = 0; i < 4; i++)
            {
                if (order[i] >= 0)
                {
                    own[order[i]] = strides[to.Order[i]];
                }
            }

            copy = new View(to.Buffer, to.Offset, from.Shape, own) { IsHalf = isHalf, Stored = to.Stored };
            Moves.Copy(context, node, from, copy);
            cache.Add(from, copy);
        }

        return copy;
    }
}
