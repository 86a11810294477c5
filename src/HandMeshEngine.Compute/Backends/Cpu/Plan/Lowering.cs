using HandMeshEngine.Compute.Backends.Cpu.Ops;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Warp;
using HandMeshEngine.Compute.Backends.Cpu.Winograd;
using HandMeshEngine.Compute.Planning.Fusions;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// What a <see cref="CpuOp"/> needs to plan a node: the graph, views of the values before it, memory for its result, constants, and the
/// steps to append to.
/// </summary>
internal sealed unsafe class Lowering<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly CpuPlan _plan;
    private readonly ValueLayouts _layouts;
    private readonly Uses _uses;
    private readonly Operands _operands;
    private readonly HashSet<int> _fused;
    private readonly View?[] _views;
    private readonly Dictionary<int, View> _concatenations = [];
    private readonly Dictionary<CpuBuffer, View> _unclearedBorders = [];
    private readonly Dictionary<int, View> _channelsLast = [];
    private readonly Dictionary<int, View> _pairs = [];

    public Lowering(CpuPlan plan, OpGraph graph, int threads, ImageSource image)
    {
        _plan = plan;
        Graph = graph;
        Threads = threads;
        Image = image;
        _layouts = new ValueLayouts(graph, BorderOf);
        _uses = new Uses(graph);
        _fused = [.. PointMaps.Fused(graph, _uses)];
        _operands = new Operands(graph, "cpu");
        _views = new View?[graph.Nodes.Count];
    }

    public OpGraph Graph { get; }

    /// <summary>Threads that the steps are cut for.</summary>
    public int Threads { get; }

    /// <summary>The caller's image, in a run.</summary>
    public ImageSource Image { get; }

    /// <summary>Weights and tables of the plan.</summary>
    public ConstantStore Constants => _plan.Constants;

    /// <summary>Nodes that their readers compute (<see cref="Planning.Fusions"/>).</summary>
    public IReadOnlySet<int> Fused => _fused;

    /// <summary>Plans a node whose inputs are planned.</summary>
    public void Compute(Node node) => _views[node.Id] = _fused.Contains(node.Id) ? null : OpCatalog.Of(node.Op).Cpu.Lower(this, node);

    public Shape OperandShape(Node node, int operand) => Producer(node, operand).Type.Shape;

    /// <summary>The node that makes an operand.</summary>
    public Node Producer(Node node, int operand) => Graph.Nodes[node.Inputs[operand]];

    /// <summary>The only reader of a value that nothing outside the plan reads; null if there is another.</summary>
    public Node? SoleReader(Node node) => _uses.IsReadOnce(node.Id) ? _uses.Of(node.Id)[0].Reader : null;

    /// <summary>False for a node whose reader computes it.</summary>
    public bool IsComputed(Node node) => _views[node.Id] is not null;

    /// <summary>Where a value lies, in whatever order its axes are.</summary>
    public View ViewOf(int id) => _views[id] ??= Constants.Value(_operands.ConstantFloats(Graph.Nodes[id]));

    /// <summary>Where an operand lies, channels last: a copy if they are not.</summary>
    public View Operand(Node node, int operand) => Value(node, node.Inputs[operand]);

    /// <summary>Where a value that a node reads lies, channels last: a copy if they are not.</summary>
    public View Value(Node node, int id)
    {
        View view = ViewOf(id);
        if (view.IsChannelsLast)
        {
            return view;
        }

        if (!_channelsLast.TryGetValue(id, out View? copy))
        {
            copy = Layout.Fresh(view.Shape);
            Copy(node, view, copy);
            _channelsLast.Add(id, copy);
        }

        return copy;
    }

    /// <summary>An operand with at least this border: a copy if it has less.</summary>
    public View WithBorder(Node node, int operand, Padding need)
    {
        View view = Operand(node, operand);
        if (ValueLayouts.Larger(view.Border, need) == view.Border)
        {
            return view;
        }

        View bordered = Layout.Fresh(view.Shape, need, view.Channels);
        _unclearedBorders.Add(bordered.Memory, bordered);
        Copy(node, view, bordered);
        return bordered;
    }

    /// <summary>Whether a node multiplies bf16.</summary>
    public bool Rounds(Node node) => Constants.Code is not null && BFloat16Products.Rounds(Graph, node) && !PairWinogradPlanner.Applies(Graph, node);

    /// <summary>Whether a node multiplies bf16 behind the transforms of Winograd.</summary>
    public bool RoundsTransforms(Node node) => Constants.Code is not null && BFloat16Products.Allows(node) && PairWinogradPlanner.Applies(Graph, node);

    // Who rounds reads a copy with a border of its own.
    private Padding? BorderOf(Node node) => Rounds(node) ? null
        : RoundsTransforms(node) ? PairWinogradPlanner.Border(Graph, node)
        : OpCatalog.Of(node.Op).Cpu.BorderNeeded(Graph, node);

    /// <summary>
    /// The first operand of a node as pairs of bf16 with at least this border: a rounded copy, which later readers share. Each pair counts as
    /// one channel of 4 bytes.
    /// </summary>
    public View Pairs(Node node, Padding need)
    {
        int id = node.Inputs[0];
        if (_pairs.TryGetValue(id, out View? known) && ValueLayouts.Larger(known.Border, need) == known.Border)
        {
            return known;
        }

        View from = Operand(node, 0);
        View pairs = FreshPairs(id);
        Emit(node, new RoundStep(Constants.Code!, from, pairs, Threads), pairs, from);
        return pairs;
    }

    // With the border that all readers in bf16 need.
    private View FreshPairs(int id)
    {
        Padding border = _uses.Of(id).Where(use => use.Operand == 0 && Rounds(use.Reader))
            .Select(use => OpCatalog.Of(use.Reader.Op).Cpu.BorderNeeded(Graph, use.Reader) ?? default)
            .Aggregate(default(Padding), ValueLayouts.Larger);
        Shape shape = Graph.Nodes[id].Type.Shape;
        int[] extents = [.. shape.Extents];
        extents[AffineOp.ChannelAxis(shape)] /= 2;
        var halved = new Shape(extents);
        View pairs = shape.Rank == 4 ? Layout.Fresh(halved, border, View.ChannelsOf(halved)) : Layout.Fresh(halved);
        if (pairs.HasBorder)
        {
            _unclearedBorders.Add(pairs.Memory, pairs);
        }

        _pairs.Add(id, pairs);
        return pairs;
    }

    /// <summary>An operand without gaps: a copy if it has some.</summary>
    public View AsDense(Node node, int operand)
    {
        View view = Operand(node, operand);
        if (view.IsPacked)
        {
            return view;
        }

        View dense = Layout.Fresh(view.Shape);
        Copy(node, view, dense);
        return dense;
    }

    /// <summary>The summand in the epilogue of a node, if it has one.</summary>
    public View? Residual(Node node)
    {
        var op = (IEpilogueOp)node.Op;
        return op.Epilogue.Residual ? Operand(node, op.Epilogue.ResidualIndex(op.OwnInputs)) : null;
    }

    /// <summary>Memory for the result of a node: its own, or its part of a concatenation.</summary>
    public View Allocate(Node node)
    {
        if (_concatenations.TryGetValue(node.Id, out View? known))
        {
            return known;
        }

        View view;
        if (_layouts.Part(node.Id) is { } part)
        {
            view = Allocate(part.Concat).Part(part.Axis, part.Start, node.Type.Shape[part.Axis]);
        }
        else
        {
            view = node.Type.Shape.Rank == 4
                ? Layout.Fresh(node.Type.Shape, _layouts.Border(node.Id), _layouts.PixelStride(node.Id))
                : Layout.Fresh(node.Type.Shape);
            if (view.HasBorder)
            {
                _unclearedBorders.Add(view.Memory, view);
            }
        }

        if (node.Op is ConcatOp)
        {
            _concatenations.Add(node.Id, view);
        }

        return view;
    }

    /// <summary>True if a value is written straight into a concatenation.</summary>
    public bool IsWrittenInto(int id, Node concat) => _layouts.Part(id)?.Concat.Id == concat.Id;

    /// <summary>Appends a step that writes one view; the first to write a map with a border clears that.</summary>
    public void Emit(Node node, Step step, View write, params ReadOnlySpan<View> reads)
    {
        if (_unclearedBorders.Remove(write.Memory, out View? whole))
        {
            step.Clear(whole);
        }

        int index = _plan.Steps.Count;
        foreach (View read in reads)
        {
            _plan.Touch(read.Memory, index);
        }

        _plan.Add(node, step, write.Memory);
    }

    /// <summary>Appends a step that applies a kernel to each row of the first operand.</summary>
    public View EmitRows(Node node, RowKernel kernel)
    {
        View output = Allocate(node), input = Operand(node, 0);
        Emit(node, new RowStep(node.Op.Kind, kernel, input, output, Threads), output, input);
        return output;
    }

    /// <summary>Appends a copy between views of the same shape.</summary>
    public void Copy(Node node, View from, View to) =>
        Copy(node, new Strided(from, from.LoopStrides), new Strided(to, to.LoopStrides), to.OrderedExtents);

    /// <summary>Appends a copy by other strides than those of the views; extents are in the order images, rows, pixels, channels.</summary>
    public void Copy(Node node, Strided from, Strided to, int[] extents) =>
        Emit(node, ElementStep<TSimd, TVector>.Copy(from, to, extents, Threads), to.View, from.View);

    /// <summary>Notes that the last step uses one more buffer.</summary>
    public void TouchByLastStep(CpuBuffer buffer) => _plan.Touch(buffer, _plan.Steps.Count - 1);

    /// <summary>The tensor of an operand that must be known when the plan is made.</summary>
    public Tensor Constant(Node node, int operand, string what) => _operands.Constant(node, operand, what);

    /// <summary>One number per channel, padded with zeros so that whole vectors may be read.</summary>
    public float* PerChannel(Node node, int operand, string what) => Constants.Floats(Constant(node, operand, what).Span<float>());

    /// <summary>An index table: a constant, which was checked when the graph was built, or an input, which is checked in every run.</summary>
    public CpuBuffer Indices(Node node, int operand, int limit, string what)
    {
        if (Producer(node, operand).Op is ConstantOp constant)
        {
            ReadOnlySpan<int> values = constant.Tensor.Span<int>();
            return new CpuBuffer((float*)Constants.Integers(values), values.Length);
        }

        int input = node.Inputs[operand];
        CpuBuffer buffer = InputBuffer(input);
        var check = new IndexCheck(input, limit, $"{node.Op.Kind}: {what}");
        _plan.Add(node, new IndexCheckStep(check, buffer, OperandShape(node, operand).Count), buffer);
        return buffer;
    }

    /// <summary>The memory of an input, which the caller writes.</summary>
    public CpuBuffer InputBuffer(int id) => _plan.Inputs[id];

    /// <summary>Allocates the memory of an input.</summary>
    public CpuBuffer AddInput(Node node)
    {
        long floats = (((long)node.Type.Shape.Count * node.Type.Type.Size()) + sizeof(float) - 1) / sizeof(float);
        var buffer = new CpuBuffer(floats, BufferKind.Input);
        _plan.Inputs.Add(node.Id, buffer);
        _plan.Touch(buffer, 0);
        return buffer;
    }

    /// <summary>Gives a result to the caller, row-major.</summary>
    public void Export(Node node)
    {
        _operands.RequireResult(node);
        View view = ViewOf(node.Id);
        if (view.Memory.Kind == BufferKind.Constant || !view.IsPacked || !view.IsRowMajor)
        {
            View result = Layout.Fresh(new Shape(view.Count));
            Copy(node, new Strided(view, view.LoopStrides), new Strided(result, View.RowMajor(result.Buffer, view.Shape).LoopStrides), view.OrderedExtents);
            view = result;
        }

        _plan.Touch(view.Memory, int.MaxValue);
        _plan.Results[node.Id] = view;
    }
}
