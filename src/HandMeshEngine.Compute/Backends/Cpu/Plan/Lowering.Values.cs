using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <content>Where values lie.</content>
internal sealed unsafe partial class Lowering<TSimd, TVector>
{
    private readonly Dictionary<int, Area> _joined = [];
    private readonly Dictionary<Block, Area> _unclearedBorders = [];
    private readonly Dictionary<int, Area> _unswapped = [];

    private Shape ShapeOf(int id) => _graph.Nodes[id].Type.Shape;

    private Shape OperandShape(Node node, int operand) => ShapeOf(node.Inputs[operand]);

    private Node Producer(Node node, int operand) => _graph.Nodes[node.Inputs[operand]];

    /// <summary>The only user of a value that nothing outside the plan reads; null if there is another.</summary>
    private Node? SoleConsumer(Node node) =>
        _consumers[node.Id] is [var consumer] && !_results.Contains(node.Id) ? _graph.Nodes[consumer] : null;

    /// <summary>An operand in the physical order of its axes.</summary>
    private Area Operand(Node node, int operand)
    {
        int id = node.Inputs[operand];
        Place place = PlaceOf(id);
        if (!place.Swapped)
        {
            return place.Area;
        }

        if (!_unswapped.TryGetValue(id, out Area? area))
        {
            area = Area.Dense(ShapeOf(id));
            Copy(node, place.Area, Strides(place, 3), area, ShapeOf(id), area.LogicalStrides(3));
            _unswapped.Add(id, area);
        }

        return area;
    }

    private Place PlaceOf(int id)
    {
        if (_places[id] is not { } place)
        {
            Node node = _graph.Nodes[id];
            if (node.Op is not ConstantOp { Tensor.Type: DType.Float32 } constant)
            {
                throw new GraphException($"the cpu backend cannot use {node.Op.Kind} {node.Op.Describe()} of type {node.Type} as floats");
            }

            _places[id] = place = new Place(ConstantArea(constant.Tensor));
        }

        return place;
    }

    private Area ConstantArea(Tensor tensor)
    {
        Area area = Area.Dense(tensor.Shape);
        float* data = _plan.Constants.Floats(area.Count);
        ReadOnlySpan<float> values = tensor.Span<float>();
        if (tensor.Shape.Rank == 4)
        {
            int index = 0;
            for (int n = 0; n < area.Images; n++)
            {
                for (int c = 0; c < area.Channels; c++)
                {
                    for (int pixel = 0; pixel < area.Height * area.Width; pixel++)
                    {
                        data[((((long)n * area.Height * area.Width) + pixel) * area.Channels) + c] = values[index++];
                    }
                }
            }
        }
        else
        {
            values.CopyTo(new Span<float>(data, values.Length));
        }

        return area with { Block = new Block(data, area.Count) };
    }

    /// <summary>Memory for the result of a node.</summary>
    private Area Allocate(Node node)
    {
        if (_joined.TryGetValue(node.Id, out Area? known))
        {
            return known;
        }

        Area area;
        if (_layouts.Host(node.Id) is { } host)
        {
            Node concat = _graph.Nodes[host.Concat];
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
            _joined.Add(node.Id, area);
        }

        return area;
    }

    /// <summary>An operand with at least this border of zeros around each image.</summary>
    private Area WithBorder(Node node, int operand, Padding need)
    {
        Area area = Operand(node, operand);
        Padding has = area.Border;
        if (has.Top >= need.Top && has.Left >= need.Left && has.Bottom >= need.Bottom && has.Right >= need.Right)
        {
            return area;
        }

        Area bordered = Area.Bordered(OperandShape(node, operand), need);
        _unclearedBorders.Add(bordered.Block, bordered);
        Copy(node, area, bordered, OperandShape(node, operand));
        return bordered;
    }

    /// <summary>An operand without gaps.</summary>
    private Area AsDense(Node node, int operand)
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

    /// <summary>Appends a step that writes one area; the first to write a map with a border clears that.</summary>
    private void Emit(Node node, Step step, Area write, params ReadOnlySpan<Area> reads)
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

    private void Copy(Node node, Area from, Area to, Shape shape) =>
        Copy(node, from, from.LogicalStrides(shape.Rank), to, shape, to.LogicalStrides(shape.Rank));

    /// <summary>A copy between areas whose strides per logical axis of <paramref name="shape"/> are given.</summary>
    private void Copy(Node node, Area from, long[] fromStrides, Area to, Shape shape, long[] toStrides) => Emit(
        node,
        ElementStep<TSimd, TVector>.Copy(
            new Strided(from, StridedLoop.Physical(shape, fromStrides)), new Strided(to, StridedLoop.Physical(shape, toStrides)), Area.Dense(shape), _threads),
        to,
        from);

    private static long[] Strides(Place place, int rank) =>
        place.Swapped ? [place.Area.ImageStride, 1, place.Area.PixelStride] : place.Area.LogicalStrides(rank);

    /// <summary>The tensor of an operand that must be known when the plan is made.</summary>
    private Tensor Constant(Node node, int operand, string what) => _graph.Nodes[node.Inputs[operand]].Op is ConstantOp constant
        ? constant.Tensor
        : throw new GraphException($"the cpu backend needs a constant {what} for {node.Op.Kind} (node {node.Id})");

    /// <summary>One number per channel, padded with zeros so that whole vectors may be read.</summary>
    private float* PerChannel(Node node, int operand, string what) => _plan.Constants.Floats(Constant(node, operand, what).Span<float>());

    /// <summary>An index table; constants are checked here, inputs when the plan runs.</summary>
    private Block Indices(Node node, int operand, int limit, string what)
    {
        int id = node.Inputs[operand];
        if (_graph.Nodes[id].Op is ConstantOp constant)
        {
            ReadOnlySpan<int> values = constant.Tensor.Span<int>();
            foreach (int value in values)
            {
                if ((uint)value >= (uint)limit)
                {
                    throw new GraphException($"{node.Op.Kind}: {what} {constant.Name} holds {value}, outside 0..{limit - 1}");
                }
            }

            return new Block((float*)_plan.Constants.Integers(values), values.Length);
        }

        Block block = _plan.Inputs[id];
        _plan.Add(node, new IndexCheckStep(block, ShapeOf(id).Count, limit, $"{node.Op.Kind}: {what}"), block);
        return block;
    }

    private void Input(Node node, InputOp input)
    {
        Shape shape = node.Type.Shape;
        long floats = (((long)shape.Count * node.Type.Type.Size()) + sizeof(float) - 1) / sizeof(float);
        var block = new Block(floats) { IsPersistent = true };
        _plan.Inputs.Add(node.Id, block);
        _plan.Touch(block, 0);
        if (input.Declared.Type != DType.Float32)
        {
            return;
        }

        Area staged = Area.DenseIn(block, shape);
        if (shape.Rank != 4)
        {
            _places[node.Id] = new Place(staged);
            return;
        }

        Area area = Allocate(node);
        Copy(node, staged, RowMajorStrides(shape), area, shape, area.LogicalStrides(4));
        _places[node.Id] = new Place(area);
    }

    /// <summary>Lays a result out row-major for the caller.</summary>
    private void Export(Node node)
    {
        if (node.Type.Type != DType.Float32 || node.Op is ImageInputOp)
        {
            throw new GraphException($"the result of {node.Op.Kind} is {node.Type}; the cpu backend returns floats only");
        }

        Shape shape = node.Type.Shape;
        Place place = PlaceOf(node.Id);
        Area area = place.Area;
        if (place.Swapped || area.Block.IsConstant || !area.IsDense || !IsRowMajor(shape, area))
        {
            Area result = Area.Dense(new Shape(shape.Count));
            Copy(node, area, Strides(place, shape.Rank), result, shape, RowMajorStrides(shape));
            area = result;
        }

        _plan.Touch(area.Block, int.MaxValue);
        _plan.Results[node.Id] = area;
    }
}
