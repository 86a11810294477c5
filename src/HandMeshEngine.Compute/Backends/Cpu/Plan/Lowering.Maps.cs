using HandMeshEngine.Compute.Backends.Cpu.Depthwise;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Backends.Cpu.Warp;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <content>Ops on maps that are no matrix products.</content>
internal sealed unsafe partial class Lowering<TSimd, TVector>
{
    private void Depthwise(Node node, Conv2dOp op)
    {
        Area input = WithBorder(node, 0, Taps.BorderNeeded(_graph, node)!.Value);
        Area output = Allocate(node);
        Shape weight = OperandShape(node, 1);
        Taps taps = Taps.Of(op, weight, node.Type.Shape);
        Epilogue epilogue = op.Epilogue;
        Area? residual = epilogue.Residual ? Operand(node, epilogue.ResidualIndex(op.OwnInputs)) : null;
        int channels = output.Channels;
        int padded = (channels + TSimd.Width - 1) / TSimd.Width * TSimd.Width;
        float* weights = _plan.Constants.Floats((long)padded * taps.Items.Length);
        ReadOnlySpan<float> values = Constant(node, 1, "weight").Span<float>();
        for (int c = 0; c < channels; c++)
        {
            for (int t = 0; t < taps.Items.Length; t++)
            {
                weights[(c / TSimd.Width * TSimd.Width * taps.Items.Length) + (t * TSimd.Width) + (c % TSimd.Width)] =
                    values[(c * taps.Items.Length) + taps.Items[t].Weight];
            }
        }

        float* bias = Bias(node, epilogue, op.OwnInputs, 1, channels);
        float* slope = Slope(node, epilogue, op.OwnInputs, 1, channels);
        int[] offsets = [.. taps.Items.Select(tap => (tap.Dy * input.RowStride) + (tap.Dx * input.PixelStride))];
        var step = new DepthwiseStep<TSimd, TVector>(
            $"depthwise {op.Describe()}",
            RowWindow.Of(taps, op.Stride),
            DepthwiseWindow.Of(op, OperandShape(node, 0), weight, node.Type.Shape),
            offsets,
            _plan.Constants.Integers(offsets),
            new DepthwiseOperands((nint)weights, (nint)bias, (nint)slope, (nint)_plan.Constants.Floats(TSimd.Width)),
            input,
            output,
            residual,
            epilogue.Activation,
            _threads);
        Emit(node, step, output, residual is null ? [input] : [input, residual]);
        _places[node.Id] = new Place(output);
    }

    private void MaxPool(Node node, MaxPoolOp op)
    {
        Area input = Operand(node, 0), output = Allocate(node);
        Emit(node, new PoolStep<TSimd, TVector>(true, op.Window, op.Stride, op.Padding, input, null, output, _threads), output, input);
        _places[node.Id] = new Place(output);
    }

    private void AveragePool(Node node, AveragePoolOp op)
    {
        // The means of a scaled map are scaled instead: a quarter of the work of the map.
        Node scaled = Producer(node, 0);
        int? map = _places[scaled.Id] is null ? MapOfPooledScale(scaled) : null;
        Area input = map is { } operand ? Operand(scaled, operand) : Operand(node, 0);
        Area? factors = map is { } other ? Operand(scaled, 1 - other) : null;
        Area output = Allocate(node);
        var step = new PoolStep<TSimd, TVector>(false, op.Window, op.Stride, default, input, factors, output, _threads);
        Emit(node, step, output, factors is null ? [input] : [input, factors]);
        _places[node.Id] = new Place(output);
    }

    /// <summary>
    /// Which operand of a product is a map, if the other holds a factor for each of its channels and only an average pool reads the
    /// product; else null.
    /// </summary>
    private int? MapOfPooledScale(Node node)
    {
        if (node.Op is not BinaryOp { Arithmetic: BinaryKind.Multiply, Activation.Kind: ActivationKind.None }
            || SoleConsumer(node) is not { Op: AveragePoolOp })
        {
            return null;
        }

        Shape map = node.Type.Shape;
        bool IsScaledBy(int operand) => OperandShape(node, operand) is { Rank: 4 } factors && OperandShape(node, 1 - operand).Equals(map)
            && factors[0] == map[0] && factors[1] == map[1] && factors[2] == 1 && factors[3] == 1;
        return IsScaledBy(1) ? 0 : IsScaledBy(0) ? 1 : null;
    }

    private void Resize(Node node, ResizeOp op)
    {
        Area input = Operand(node, 0), output = Allocate(node);
        var step = new ResizeStep<TSimd, TVector>(
            ResizeAxis.Of(op.Mode, input.Height, output.Height), ResizeAxis.Of(op.Mode, input.Width, output.Width), op, input, output, _threads);
        Emit(node, step, output, input);
        _places[node.Id] = new Place(output);
    }

    private void GridSample(Node node, GridSampleOp op)
    {
        Area map = Operand(node, 0), points = Operand(node, 1), output = Allocate(node);
        Emit(node, new GridSampleStep<TSimd, TVector>(op.Border, map, points, output, _threads), output, map, points);
        _places[node.Id] = new Place(output);
    }

    private void Warp(Node node, WarpNormalizeOp op)
    {
        Node source = _graph.Nodes[node.Inputs[0]];
        Area? map = source.Op is ImageInputOp ? null : Operand(node, 0);
        Node matrix = _graph.Nodes[node.Inputs[1]];
        Block matrices = matrix.Op is ConstantOp constant
            ? new Block((float*)_plan.Constants.Doubles(constant.Tensor.Span<double>()), 2L * constant.Tensor.Shape.Count)
            : _plan.Inputs[matrix.Id];
        Area output = Allocate(node);
        var step = new WarpNormalizeStep(op, _image, map, matrices, output, _threads);
        Emit(node, step, output, map is null ? [] : [map]);
        _plan.Touch(matrices, _plan.Steps.Count - 1);
        _places[node.Id] = new Place(output);
    }

    // Channel 4 c + 2 (row parity) + (column parity): four copies, one for each parity, with a channel stride of 4.
    private void SpaceToDepth(Node node)
    {
        Area input = Operand(node, 0), output = Allocate(node);
        for (int parity = 0; parity < 4; parity++)
        {
            long origin = ((long)(parity / 2) * input.RowStride) + ((long)(parity % 2) * input.PixelStride);
            Area from = input with { Offset = input.Offset + origin, Height = output.Height, Width = output.Width };
            Area to = output with { Offset = output.Offset + parity, Channels = input.Channels };
            long[] fromStrides = [input.ImageStride, 2L * input.RowStride, 2L * input.PixelStride, 1];
            long[] toStrides = [output.ImageStride, output.RowStride, output.PixelStride, 4];
            Emit(node, ElementStep<TSimd, TVector>.Copy(new Strided(from, fromStrides), new Strided(to, toStrides), to, _threads), output, input);
        }

        _places[node.Id] = new Place(output);
    }

    private void PadChannels(Node node)
    {
        Area input = Operand(node, 0), output = Allocate(node);
        Emit(node, new PadChannelsStep<TSimd, TVector>(input, output, _threads), output, input);
        _places[node.Id] = new Place(output);
    }

    private void ArgMax2d(Node node)
    {
        Area input = Operand(node, 0), output = Allocate(node);
        Emit(node, new ArgMax2dStep<TSimd, TVector>(input, output), output, input);
        _places[node.Id] = new Place(output);
    }

    private void Reduce(Node node, ReduceOp op)
    {
        Shape from = OperandShape(node, 0);
        Place place = PlaceOf(node.Inputs[0]);
        bool swapsResult = from.Rank == 4 && op.AxisCount == 1 && op.FirstAxis >= 2;
        long[] strides = Strides(place, from.Rank);
        int[] keptAxes = [.. Enumerable.Range(0, from.Rank).Where(axis => axis < op.FirstAxis || axis >= op.FirstAxis + op.AxisCount)];
        int[] goneAxes = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        Shape result = node.Type.Shape;
        Area output = Area.Dense(swapsResult ? new Shape(result[0], result[2], result[1]) : result);
        long[] to = swapsResult ? [output.ImageStride, 1, output.PixelStride] : output.LogicalStrides(result.Rank);
        var step = new ReduceStep<TSimd, TVector>(
            op.Reduction,
            new ReduceAxes([.. keptAxes.Select(axis => from[axis])], [.. keptAxes.Select(axis => strides[axis])], to),
            new ReduceAxes([.. goneAxes.Select(axis => from[axis])], [.. goneAxes.Select(axis => strides[axis])], []),
            place.Area,
            output,
            _threads);
        Emit(node, step, output, place.Area);
        _places[node.Id] = new Place(output, swapsResult);
    }
}
