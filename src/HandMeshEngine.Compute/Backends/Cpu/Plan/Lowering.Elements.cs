using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <content>Element-wise ops, and ops that only change the view of a value.</content>
internal sealed unsafe partial class Lowering<TSimd, TVector>
{
    private static readonly long[] ChannelStrides = [0, 0, 0, 1];

    private void Binary(Node node, BinaryOp op)
    {
        ElementKind kind = op.Arithmetic switch
        {
            BinaryKind.Add => ElementKind.Add,
            BinaryKind.Subtract => ElementKind.Subtract,
            BinaryKind.Multiply => ElementKind.Multiply,
            _ => ElementKind.Divide,
        };
        Elements(node, kind, op.Activation, 2, Broadcast(node, 0), Broadcast(node, 1));
    }

    private void Activate(Node node, ActivationOp op) => Elements(node, ElementKind.Copy, op.Activation, 1, Broadcast(node, 0));

    private void Affine(Node node, AffineOp op) => Elements(
        node, ElementKind.Affine, op.Activation, 3, Broadcast(node, 0), OfChannels(node, 1, "scale"), OfChannels(node, 2, "shift"));

    private void Elements(Node node, ElementKind kind, Activation activation, int own, params List<Strided> operands)
    {
        Area output = Allocate(node);
        Shape shape = node.Type.Shape;
        Area[] reads = [.. operands.Select(operand => operand.Area)];
        if (activation.Kind == ActivationKind.PRelu)
        {
            operands.Add(OfChannels(node, own, "slope"));
        }
        else if (activation.Kind == ActivationKind.LeakyRelu)
        {
            float* slope = _plan.Constants.Floats([activation.A]);
            operands.Add(new Strided(Area.DenseIn(new Block(slope, 1), new Shape(1)), [0, 0, 0, 0]));
        }

        var to = new Strided(output, StridedLoop.Physical(shape, output.LogicalStrides(shape.Rank)));
        Emit(node, ElementStep<TSimd, TVector>.Create(kind, activation, [.. operands], to, output, _threads), output, reads);
        _places[node.Id] = new Place(output);
    }

    /// <summary>An operand with the strides that broadcast it to the shape of the result.</summary>
    private Strided Broadcast(Node node, int operand)
    {
        Area area = Operand(node, operand);
        Shape from = OperandShape(node, operand), to = node.Type.Shape;
        long[] own = area.LogicalStrides(from.Rank);
        var strides = new long[to.Rank];
        for (int axis = 1; axis <= from.Rank; axis++)
        {
            strides[to.Rank - axis] = from[-axis] == 1 ? 0 : own[from.Rank - axis];
        }

        return new Strided(area, StridedLoop.Physical(to, strides));
    }

    private Strided OfChannels(Node node, int operand, string what)
    {
        int count = OperandShape(node, operand).Count;
        return new Strided(
            Area.DenseIn(new Block(PerChannel(node, operand, what), count), new Shape(count)), [.. ChannelStrides]);
    }

    private void Concat(Node node, ConcatOp op)
    {
        Area joined = Allocate(node);
        int start = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            int id = node.Inputs[i];
            int extent = ShapeOf(id)[op.Axis];
            bool there = _layouts.Host(id) is { } host && host.Concat == node.Id;
            if (!there)
            {
                Copy(node, Operand(node, i), joined.Part(node.Type.Shape.Rank, op.Axis, start, extent), ShapeOf(id));
            }

            start += extent;
        }

        _places[node.Id] = new Place(joined);
    }

    private void Slice(Node node, SliceOp op) => _places[node.Id] = new Place(
        Operand(node, 0).Part(node.Type.Shape.Rank, op.Axis, op.Start, op.Length));

    private void Reshape(Node node)
    {
        Shape from = OperandShape(node, 0), to = node.Type.Shape;
        Place place = PlaceOf(node.Inputs[0]);
        Area area = place.Area;
        bool mapToRows = from.Rank == 4 && to.Rank == 3 && to[0] == from[0] && to[1] == from[1] && area.RowsAreDense;
        bool rowsToMap = place.Swapped && from.Rank == 3 && to.Rank == 4 && to[0] == from[0] && to[1] == from[1];
        if (mapToRows)
        {
            // [N, C, H, W] to [N, C, H W]: the pixels as rows, their axes swapped.
            _places[node.Id] = new Place(
                area with { Height = 1, Width = to[2], ImageStride = to[2] * area.PixelStride, Border = default }, Swapped: true);
        }
        else if (rowsToMap)
        {
            _places[node.Id] = new Place(area with { Height = to[2], Width = to[3], RowStride = to[3] * area.PixelStride });
        }
        else
        {
            ReshapeRowMajor(node, from, to);
        }
    }

    /// <summary>Through row-major order; a copy only where the values do not lie so.</summary>
    private void ReshapeRowMajor(Node node, Shape from, Shape to)
    {
        Area area = Operand(node, 0);
        bool isRowMajor = area.IsDense && IsRowMajor(from, area);
        Area flat = isRowMajor ? area : Area.Dense(new Shape(from.Count));
        if (!isRowMajor)
        {
            Copy(node, area, area.LogicalStrides(from.Rank), flat, from, RowMajorStrides(from));
        }

        Area target = Area.DenseIn(flat.Block, to) with { Offset = flat.Offset };
        if (!IsRowMajor(to, target))
        {
            Area map = Allocate(node);
            Copy(node, flat, RowMajorStrides(to), map, to, map.LogicalStrides(4));
            target = map;
        }

        _places[node.Id] = new Place(target);
    }

    private static bool IsRowMajor(Shape shape, Area area) =>
        shape.Rank != 4 || area.Channels == 1 || area.Height * area.Width == 1;

    private static long[] RowMajorStrides(Shape shape)
    {
        var strides = new long[shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            strides[axis] = shape.CountOf(axis + 1, shape.Rank);
        }

        return strides;
    }

    private void Transpose(Node node, TransposeOp op)
    {
        Shape shape = node.Type.Shape;
        Place place = PlaceOf(node.Inputs[0]);
        if (shape.Rank == 3 && op.First + op.Second == 3)
        {
            _places[node.Id] = place with { Swapped = !place.Swapped };
            return;
        }

        Area area = Operand(node, 0), output = Allocate(node);
        long[] strides = area.LogicalStrides(shape.Rank);
        (strides[op.First], strides[op.Second]) = (strides[op.Second], strides[op.First]);
        Copy(node, area, strides, output, shape, output.LogicalStrides(shape.Rank));
        _places[node.Id] = new Place(output);
    }
}
