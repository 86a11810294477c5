namespace HandMeshEngine.Compute.Onnx;

/// <summary>A network on its way to ONNX: the names of its values, and the forms that several ops share.</summary>
internal sealed class OnnxLowering(OpGraph network) : OnnxGraph
{
    private readonly string[] _names = new string[network.Nodes.Count];

    /// <summary>What is written.</summary>
    public OpGraph Network => network;

    /// <summary>The ONNX name of a value.</summary>
    public string NameOf(int id) => _names[id];

    /// <summary>Adds the nodes of one op.</summary>
    /// <exception cref="GraphException">The op has no ONNX form.</exception>
    public void Lower(Node node) =>
        _names[node.Id] = OpCatalog.Of(node.Op).Onnx.Write(this, node, [.. node.Inputs.Select(NameOf)]);

    public Shape ShapeOf(Node node, int operand) => Network.Nodes[node.Inputs[operand]].Type.Shape;

    /// <summary>Bias, residual and activation of an op with an epilogue.</summary>
    public string Finish(IEpilogueOp op, string[] x, Node node, string sum)
    {
        Epilogue epilogue = op.Epilogue;
        if (epilogue.Bias)
        {
            sum = Node("Add", [sum, PerChannel(x[epilogue.BiasIndex(op.OwnInputs)], node.Type.Shape)]);
        }

        if (epilogue.Residual)
        {
            sum = Node("Add", [sum, x[epilogue.ResidualIndex(op.OwnInputs)]]);
        }

        int slope = epilogue.SlopeIndex(op.OwnInputs);
        return Activate(epilogue.Activation, sum, slope < 0 ? null : x[slope], node);
    }

    public string Activate(Graph.Activation activation, string x, string? slope, Node node) => activation.Kind switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => Node("Relu", [x]),
        ActivationKind.LeakyRelu => Node("LeakyRelu", [x], ("alpha", activation.A)),
        ActivationKind.Clamp => Node("Clip", [x, Floats(Shape.Scalar, activation.A), Floats(Shape.Scalar, activation.B)]),
        ActivationKind.Sigmoid => Node("Sigmoid", [x]),
        ActivationKind.HardSwish => Node("HardSwish", [x]),
        ActivationKind.PRelu => Node("PRelu", [x, PerChannel(slope!, node.Type.Shape)]),
        ActivationKind.Gelu => Gelu(x),
        _ => throw new GraphException($"ONNX export has no form for {activation}"),
    };

    // A vector over channels, shaped to broadcast: [C, 1, 1] for maps, [C] otherwise.
    public string PerChannel(string vector, Shape shape) =>
        shape.Rank == 4 ? Reshape(vector, [shape[1], 1, 1]) : Reshape(vector, [shape[-1]]);

    public string Reshape(string x, ReadOnlySpan<int> extents)
    {
        var wide = new long[extents.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = extents[i];
        }

        return Node("Reshape", [x, Integers(wide)]);
    }

    public string Slice(string x, int axis, int start, int length) => Node(
        "Slice", [x, Integers(start), Integers(start + length), Integers(axis)]);

    public string Transpose(string x, int first, int second, int rank)
    {
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[first], order[second]) = (second, first);
        return Node("Transpose", [x], ("perm", order));
    }

    public string Sum(string x, int axis, bool keep) =>
        Node("ReduceSum", [x, Integers(axis)], ("keepdims", keep ? 1 : 0));

    // y = x W^T; a constant weight is turned here rather than in the exported Network.
    public string MatMulTransposed(string x, int weight)
    {
        if (Network.Nodes[weight].Op is not ConstantOp constant)
        {
            return Node("MatMul", [x, Node("Transpose", [NameOf(weight)], ("perm", new[] { 1, 0 }))]);
        }

        Shape shape = constant.Tensor.Shape;
        var turned = new Tensor(DType.Float32, new Shape(shape[1], shape[0]));
        for (int i = 0; i < shape.Count; i++)
        {
            turned.Span<float>()[((i % shape[1]) * shape[0]) + (i / shape[1])] = constant.Tensor.Span<float>()[i];
        }

        return Node("MatMul", [x, Initializer(constant.Name + ".T", turned)]);
    }

    // [N, V, C] gathered to [N, M, L, C] by an index [M, L].
    public string GatherRows(string x, string index) => Node("Gather", [x, index], ("axis", 1));

    public string Weighted(string x, string index, string value, Shape entries, int channels)
    {
        string weights = Reshape(value, [entries[0], entries[1], 1]);
        return channels == 0 ? x : Sum(Node("Mul", [GatherRows(x, index), weights]), 2, keep: false);
    }

    public static int[] Pair(int value) => [value, value];

    public static int[] Pads(Padding padding) => [padding.Top, padding.Left, padding.Bottom, padding.Right];

    private string Gelu(string x)
    {
        string erf = Node("Erf", [Node("Mul", [x, Floats(Shape.Scalar, 1 / MathF.Sqrt(2))])]);
        string gate = Node("Add", [erf, Floats(Shape.Scalar, 1)]);
        return Node("Mul", [Node("Mul", [x, Floats(Shape.Scalar, 0.5f)]), gate]);
    }
}
