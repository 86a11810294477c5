using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Onnx;

/// <summary>Each op as ONNX nodes with the same meaning; one method an op.</summary>
internal sealed partial class OnnxLowering(OnnxGraph onnx, OpGraph graph)
{
    private readonly string[] _names = new string[graph.Nodes.Count];

    /// <summary>The ONNX name of a value.</summary>
    public string NameOf(int id) => _names[id];

    /// <summary>Adds the nodes of one op.</summary>
    /// <exception cref="GraphException">The op has no ONNX form.</exception>
    public void Lower(Node node)
    {
        string[] x = [.. node.Inputs.Select(NameOf)];
        _names[node.Id] = node.Op switch
        {
            InputOp input => Input(input),
            ConstantOp constant => onnx.Initializer(constant.Name, Constant(constant.Tensor)),
            Conv2dOp conv => Finish(conv, x, node, onnx.Node("Conv", x[..2], ConvAttributes(conv, node))),
            ConvTranspose2dOp conv => Finish(conv, x, node, ConvTranspose(conv, x)),
            LinearOp linear => Finish(linear, x, node, MatMulTransposed(x[0], node.Inputs[1])),
            MatMulOp => onnx.Node("MatMul", x),
            AttentionOp attention => Attention(attention, x, node),
            MaxPoolOp pool => onnx.Node("MaxPool", x, ("kernel_shape", Pair(pool.Window)), ("strides", Pair(pool.Stride)), ("pads", Pads(pool.Padding))),
            AveragePoolOp pool => onnx.Node("AveragePool", x, ("kernel_shape", Pair(pool.Window)), ("strides", Pair(pool.Stride))),
            ReduceOp reduce => Reduce(reduce, x[0]),
            ResizeOp resize => Resize(resize, x[0], node),
            SoftmaxOp => onnx.Node("Softmax", x, ("axis", -1)),
            SoftArgmaxOp => SoftArgmax(x[0], node),
            ArgMax2dOp => ArgMax2d(x[0], node),
            GridSampleOp sample => GridSample(sample, x, node),
            GatherOp => onnx.Node("Gather", x, ("axis", 1)),
            SpiralConvOp spiral => Finish(spiral, x, node, SpiralConv(x, node)),
            SpiralDepthwiseOp => SpiralDepthwise(x, node),
            SparseMatMulOp => Sparse(x[0], x[1], x[2], graph.Nodes[node.Inputs[1]].Type.Shape, node.Type.Shape[2]),
            ChebTermsOp cheb => ChebTerms(cheb, x, node),
            GinAggregateOp gin => GinAggregate(gin, x, node),
            BinCentersOp bins => BinCenters(bins, x),
            RootSolveOp => RootSolve(x, node),
            ConcatOp concat => onnx.Node("Concat", x, ("axis", concat.Axis)),
            SliceOp slice => Slice(x[0], slice.Axis, slice.Start, slice.Length),
            ReshapeOp reshape => Reshape(x[0], reshape.Target.Extents),
            TransposeOp transpose => Transpose(x[0], transpose.First, transpose.Second, node.Type.Shape.Rank),
            PadChannelsOp pad => PadChannels(pad, x[0], node),
            SpaceToDepthOp => SpaceToDepth(x[0], node),
            BinaryOp binary => Activate(binary.Activation, onnx.Node(BinaryName(binary.Arithmetic), x[..2]), x.ElementAtOrDefault(2), node),
            ActivationOp activation => Activate(activation.Activation, x[0], x.ElementAtOrDefault(1), node),
            AffineOp affine => Affine(affine, x, node),
            BatchNormOp norm => BatchNorm(norm, x, node),
            LayerNormOp norm => onnx.Node("LayerNormalization", x, ("axis", -1), ("epsilon", norm.Epsilon)),
            _ => throw new GraphException($"ONNX export has no form for {node.Op.Kind}"),
        };
    }

    private static int[] Pair(int value) => [value, value];

    private static int[] Pads(Padding padding) => [padding.Top, padding.Left, padding.Bottom, padding.Right];

    private static string BinaryName(BinaryKind kind) => kind switch
    {
        BinaryKind.Add => "Add",
        BinaryKind.Subtract => "Sub",
        BinaryKind.Multiply => "Mul",
        _ => "Div",
    };

    // Indices are 64-bit by convention; every other constant keeps its type.
    private static Tensor Constant(Tensor tensor)
    {
        if (tensor.Type != DType.Int32)
        {
            return tensor;
        }

        var wide = new Tensor(DType.Int64, tensor.Shape);
        for (int i = 0; i < tensor.Shape.Count; i++)
        {
            wide.Span<long>()[i] = tensor.Span<int>()[i];
        }

        return wide;
    }

    private string Input(InputOp input)
    {
        onnx.Input(input.Name, input.Declared);
        return input.Name;
    }

    private Shape ShapeOf(Node node, int operand) => graph.Nodes[node.Inputs[operand]].Type.Shape;

    /// <summary>Bias, residual and activation of an op with an epilogue.</summary>
    private string Finish(IEpilogueOp op, string[] x, Node node, string sum)
    {
        Epilogue epilogue = op.Epilogue;
        if (epilogue.Bias)
        {
            sum = onnx.Node("Add", [sum, PerChannel(x[epilogue.BiasIndex(op.OwnInputs)], node.Type.Shape)]);
        }

        if (epilogue.Residual)
        {
            sum = onnx.Node("Add", [sum, x[epilogue.ResidualIndex(op.OwnInputs)]]);
        }

        int slope = epilogue.SlopeIndex(op.OwnInputs);
        return Activate(epilogue.Activation, sum, slope < 0 ? null : x[slope], node);
    }

    private string Activate(Activation activation, string x, string? slope, Node node) => activation.Kind switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => onnx.Node("Relu", [x]),
        ActivationKind.LeakyRelu => onnx.Node("LeakyRelu", [x], ("alpha", activation.A)),
        ActivationKind.Clamp => onnx.Node("Clip", [x, onnx.Floats(Shape.Scalar, activation.A), onnx.Floats(Shape.Scalar, activation.B)]),
        ActivationKind.Sigmoid => onnx.Node("Sigmoid", [x]),
        ActivationKind.HardSwish => onnx.Node("HardSwish", [x]),
        ActivationKind.PRelu => onnx.Node("PRelu", [x, PerChannel(slope!, node.Type.Shape)]),
        ActivationKind.Gelu => Gelu(x),
        _ => throw new GraphException($"ONNX export has no form for {activation}"),
    };

    private string Gelu(string x)
    {
        string erf = onnx.Node("Erf", [onnx.Node("Mul", [x, onnx.Floats(Shape.Scalar, 1 / MathF.Sqrt(2))])]);
        string gate = onnx.Node("Add", [erf, onnx.Floats(Shape.Scalar, 1)]);
        return onnx.Node("Mul", [onnx.Node("Mul", [x, onnx.Floats(Shape.Scalar, 0.5f)]), gate]);
    }

    private string Affine(AffineOp op, string[] x, Node node)
    {
        string scaled = onnx.Node("Mul", [x[0], PerChannel(x[1], node.Type.Shape)]);
        return Activate(op.Activation, onnx.Node("Add", [scaled, PerChannel(x[2], node.Type.Shape)]), x.ElementAtOrDefault(3), node);
    }

    // ONNX normalises axis 1; rows [N, V, C] have their channels last.
    private string BatchNorm(BatchNormOp op, string[] x, Node node)
    {
        if (node.Type.Shape.Rank != 3)
        {
            return onnx.Node("BatchNormalization", x, ("epsilon", op.Epsilon));
        }

        string deviation = onnx.Node("Sqrt", [onnx.Node("Add", [x[4], onnx.Floats(Shape.Scalar, op.Epsilon)])]);
        string scale = onnx.Node("Div", [x[1], deviation]);
        string shift = onnx.Node("Sub", [x[2], onnx.Node("Mul", [x[3], scale])]);
        return onnx.Node("Add", [onnx.Node("Mul", [x[0], scale]), shift]);
    }

    // A vector over channels, shaped to broadcast: [C, 1, 1] for maps, [C] otherwise.
    private string PerChannel(string vector, Shape shape) =>
        shape.Rank == 4 ? Reshape(vector, [shape[1], 1, 1]) : Reshape(vector, [shape[-1]]);

    private string Reshape(string x, ReadOnlySpan<int> extents)
    {
        var wide = new long[extents.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = extents[i];
        }

        return onnx.Node("Reshape", [x, onnx.Integers(wide)]);
    }

    private string Slice(string x, int axis, int start, int length) => onnx.Node(
        "Slice", [x, onnx.Integers(start), onnx.Integers(start + length), onnx.Integers(axis)]);

    private string Transpose(string x, int first, int second, int rank)
    {
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[first], order[second]) = (second, first);
        return onnx.Node("Transpose", [x], ("perm", order));
    }
}
