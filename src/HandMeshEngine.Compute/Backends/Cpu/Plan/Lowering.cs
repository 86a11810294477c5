using HandMeshEngine.Compute.Backends.Cpu.Ops;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Backends.Cpu.Warp;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// A plan in the making, as a <see cref="CpuOp"/> sees it: the graph, where the values before lie, memory for results, constants,
/// and the list of steps to append to.
/// </summary>
internal sealed unsafe class Lowering<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly CpuPlan _plan;
    private readonly Layouts _layouts;
    private readonly HashSet<int> _results;
    private readonly List<int>[] _readers;
    private readonly Place?[] _places;
    private readonly Dictionary<int, Area> _concatenations = [];
    private readonly Dictionary<Block, Area> _unclearedBorders = [];
    private readonly Dictionary<int, Area> _unswapped = [];

    public Lowering(CpuPlan plan, OpGraph graph, IEnumerable<int> results, int threads, ImageSource image)
    {
        _plan = plan;
        Graph = graph;
        Threads = threads;
        Image = image;
        _layouts = new Layouts(graph);
        _results = [.. results];
        _places = new Place?[graph.Nodes.Count];
        _readers = [.. graph.Nodes.Select(_ => new List<int>())];
        foreach (Node node in graph.Nodes)
        {
            foreach (int input in node.Inputs)
            {
                _readers[input].Add(node.Id);
            }
        }
    }

    /// <summary>The graph.</summary>
    public OpGraph Graph { get; }

    /// <summary>Threads that the steps are cut for.</summary>
    public int Threads { get; }

    /// <summary>The image of a run.</summary>
    public ImageSource Image { get; }

    /// <summary>Weights and tables of the plan.</summary>
    public ConstantStore Constants => _plan.Constants;

    /// <summary>Appends the steps of a node whose inputs have been computed.</summary>
    public void Compute(Node node) => _places[node.Id] = CpuOps.Of(node.Op).Lower(this, node);

    /// <summary>The shape of an operand.</summary>
    public Shape OperandShape(Node node, int operand) => Producer(node, operand).Type.Shape;

    /// <summary>The node that makes an operand.</summary>
    public Node Producer(Node node, int operand) => Graph.Nodes[node.Inputs[operand]];

    /// <summary>The only reader of a value that nothing outside the plan reads; null if there is another.</summary>
    public Node? SoleConsumer(Node node) =>
        _readers[node.Id] is [var reader] && !_results.Contains(node.Id) ? Graph.Nodes[reader] : null;

    /// <summary>False for a node whose reader computes it.</summary>
    public bool IsPlaced(Node node) => _places[node.Id] is not null;

    /// <summary>Where a value lies, axes swapped or not.</summary>
    public Place PlaceOf(int id)
    {
        if (_places[id] is not { } place)
        {
            Node node = Graph.Nodes[id];
            if (node.Op is not ConstantOp { Tensor.Type: DType.Float32 } constant)
            {
                throw new GraphException($"the cpu backend cannot use {node.Op.Kind} {node.Op.Describe()} of type {node.Type} as floats");
            }

            _places[id] = place = Constants.Value(constant.Tensor);
        }

        return place;
    }

    /// <summary>Where an operand lies, its axes in their usual order: copied if they are not.</summary>
    public Area Operand(Node node, int operand)
    {
        int id = node.Inputs[operand];
        Place place = PlaceOf(id);
        if (!place.Swapped)
        {
            return place.Area;
        }

        if (!_unswapped.TryGetValue(id, out Area? area))
        {
            Shape shape = OperandShape(node, operand);
            area = Area.Dense(shape);
            Copy(node, place.Area, place.Strides(3), area, shape, area.LogicalStrides(3));
            _unswapped.Add(id, area);
        }

        return area;
    }

    /// <summary>An operand with at least this border of zeros around each image.</summary>
    public Area WithBorder(Node node, int operand, Padding need)
    {
        Area area = Operand(node, operand);
        if (Layouts.Larger(area.Border, need) == area.Border)
        {
            return area;
        }

        Area bordered = Area.Bordered(OperandShape(node, operand), need);
        _unclearedBorders.Add(bordered.Block, bordered);
        Copy(node, area, bordered, OperandShape(node, operand));
        return bordered;
    }

    /// <summary>An operand without gaps.</summary>
    public Area AsDense(Node node, int operand)
    {
        Area area = Operand(node, operand);
        if (area.IsDense)
        {
            return area;
        }

        Area dense = Area.Dense(OperandShape(node, operand));
        Copy(node, area, dense, OperandShape(node, operand));
        return dense;
    }

    /// <summary>The summand in the epilogue of a node, if it has one.</summary>
    public Area? Residual(Node node)
    {
        var op = (IEpilogueOp)node.Op;
        return op.Epilogue.Residual ? Operand(node, op.Epilogue.ResidualIndex(op.OwnInputs)) : null;
    }

    /// <summary>Memory for the result of a node: its own, or its part of a concatenation.</summary>
    public Area Allocate(Node node)
    {
        if (_concatenations.TryGetValue(node.Id, out Area? known))
        {
            return known;
        }

        Area area;
        if (_layouts.Host(node.Id) is { } host)
        {
            Node concat = Graph.Nodes[host.Concat];
            int axis = ((ConcatOp)concat.Op).Axis;
            area = Allocate(concat).Part(node.Type.Shape.Rank, axis, host.Start, node.Type.Shape[axis]);
        }
        else
        {
            area = node.Type.Shape.Rank == 4
                ? Area.Bordered(node.Type.Shape, _layouts.Border(node.Id), _layouts.PixelStride(node.Id))
                : Area.Dense(node.Type.Shape);
            if (area.HasBorder)
            {
                _unclearedBorders.Add(area.Block, area);
            }
        }

        if (node.Op is ConcatOp)
        {
            _concatenations.Add(node.Id, area);
        }

        return area;
    }

    /// <summary>True if a value is written straight into a concatenation.</summary>
    public bool IsWrittenInto(int id, Node concat) => _layouts.Host(id) is { } host && host.Concat == concat.Id;

    /// <summary>Appends a step that writes one area; the first to write a map with a border clears that.</summary>
    public void Emit(Node node, Step step, Area write, params ReadOnlySpan<Area> reads)
    {
        if (_unclearedBorders.Remove(write.Block, out Area? whole))
        {
            step.Clear(whole);
        }

        int index = _plan.Steps.Count;
        foreach (Area read in reads)
        {
            _plan.Touch(read.Block, index);
        }

        _plan.Add(node, step, write.Block);
    }

    /// <summary>Appends a step that applies a kernel to each row of the first operand.</summary>
    public Area EmitRows(Node node, RowKernel kernel)
    {
        Area output = Allocate(node), input = Operand(node, 0);
        Emit(node, new RowStep(node.Op.Kind, kernel, input, output, Threads), output, input);
        return output;
    }

    /// <summary>Appends a copy.</summary>
    public void Copy(Node node, Area from, Area to, Shape shape) =>
        Copy(node, from, from.LogicalStrides(shape.Rank), to, shape, to.LogicalStrides(shape.Rank));

    /// <summary>Appends a copy between areas whose strides per logical axis of <paramref name="shape"/> are given.</summary>
    public void Copy(Node node, Area from, long[] fromStrides, Area to, Shape shape, long[] toStrides) => Emit(
        node,
        ElementStep<TSimd, TVector>.Copy(
            new Strided(from, StridedLoop.Physical(shape, fromStrides)), new Strided(to, StridedLoop.Physical(shape, toStrides)), Area.Dense(shape), Threads),
        to,
        from);

    /// <summary>Notes that the step appended last uses a block besides those it was appended with.</summary>
    public void TouchByLastStep(Block block) => _plan.Touch(block, _plan.Steps.Count - 1);

    /// <summary>The tensor of an operand that must be known when the plan is made.</summary>
    public Tensor Constant(Node node, int operand, string what) => Producer(node, operand).Op is ConstantOp constant
        ? constant.Tensor
        : throw new GraphException($"the cpu backend needs a constant {what} for {node.Op.Kind} (node {node.Id})");

    /// <summary>One number per channel, padded with zeros so that whole vectors may be read.</summary>
    public float* PerChannel(Node node, int operand, string what) => Constants.Floats(Constant(node, operand, what).Span<float>());

    /// <summary>An index table; constants are checked here, inputs when the plan runs.</summary>
    public Block Indices(Node node, int operand, int limit, string what)
    {
        if (Producer(node, operand).Op is ConstantOp constant)
        {
            ReadOnlySpan<int> values = constant.Tensor.Span<int>();
            foreach (int value in values)
            {
                if ((uint)value >= (uint)limit)
                {
                    throw new GraphException($"{node.Op.Kind}: {what} {constant.Name} holds {value}, outside 0..{limit - 1}");
                }
            }

            return new Block((float*)Constants.Integers(values), values.Length);
        }

        Block block = InputBlock(node.Inputs[operand]);
        _plan.Add(node, new IndexCheckStep(block, OperandShape(node, operand).Count, limit, $"{node.Op.Kind}: {what}"), block);
        return block;
    }

    /// <summary>The memory that the caller writes an input to.</summary>
    public Block InputBlock(int id) => _plan.Inputs[id];

    /// <summary>Memory for the caller to write an input to.</summary>
    public Block AddInput(Node node)
    {
        long floats = (((long)node.Type.Shape.Count * node.Type.Type.Size()) + sizeof(float) - 1) / sizeof(float);
        var block = new Block(floats) { IsPersistent = true };
        _plan.Inputs.Add(node.Id, block);
        _plan.Touch(block, 0);
        return block;
    }

    /// <summary>Lays a result out row-major for the caller.</summary>
    public void Export(Node node)
    {
        if (node.Type.Type != DType.Float32 || node.Op is ImageInputOp)
        {
            throw new GraphException($"the result of {node.Op.Kind} is {node.Type}; the cpu backend returns floats only");
        }

        Shape shape = node.Type.Shape;
        Place place = PlaceOf(node.Id);
        Area area = place.Area;
        if (place.Swapped || area.Block.IsConstant || !area.IsDense || !area.IsRowMajor(shape))
        {
            Area result = Area.Dense(new Shape(shape.Count));
            Copy(node, area, place.Strides(shape.Rank), result, shape, Area.RowMajorStrides(shape));
            area = result;
        }

        _plan.Touch(area.Block, int.MaxValue);
        _plan.Results[node.Id] = area;
    }
}
