namespace HandMeshEngine.Compute.Onnx;

/// <summary>Collects the nodes and initialisers of an ONNX graph (IR version 8, opset 17) and writes the model.</summary>
internal class OnnxGraph
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    private readonly ProtoWriter _graph = new();
    private readonly HashSet<string> _initializers = [];
    private int _next;

    /// <summary>Adds a node with one result and returns the result's name.</summary>
    public string Node(string op, IReadOnlyList<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string output = $"t{_next++}";
        Node(op, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds a node whose result has a given name.</summary>
    public void Node(string op, IReadOnlyList<string> inputs, string output, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        (string Name, object Value)[] copy = attributes.ToArray();
        _graph.Message(1, node =>
        {
            foreach (string input in inputs)
            {
                node.Text(1, input);
            }

            node.Text(2, output);
            node.Text(3, $"{op}_{output}");
            node.Text(4, op);
            foreach ((string name, object value) in copy)
            {
                node.Message(5, attribute => Attribute(attribute, name, value));
            }
        });
    }

    /// <summary>Adds a constant of any shape and returns its name; a name that is taken gets a number.</summary>
    public string Initializer(string name, Tensor tensor)
    {
        string free = name;
        while (!_initializers.Add(free))
        {
            free = $"{name}#{_next++}";
        }

        _graph.Message(5, proto =>
        {
            foreach (int extent in tensor.Shape.Extents)
            {
                proto.Integer(1, extent);
            }

            proto.Integer(2, ElementType(tensor.Type));
            proto.Text(8, free);
            proto.Bytes(9, tensor.Bytes);
        });
        return free;
    }

    /// <summary>A float constant.</summary>
    public string Floats(Shape shape, params ReadOnlySpan<float> values) => Initializer("c", Tensor.From(shape, values));

    /// <summary>A vector of integers, as shapes and axes are given.</summary>
    public string Integers(params ReadOnlySpan<long> values) => Initializer("n", Tensor.From(new Shape(values.Length), values));

    public void Input(string name, TensorType type) => Declare(11, name, type);

    public void Output(string name, TensorType type) => Declare(12, name, type);

    /// <summary>The whole file.</summary>
    public ProtoWriter Finish(string name)
    {
        _graph.Text(2, name);
        var model = new ProtoWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "HandMeshEngine");
        model.Bytes(7, _graph.Written);
        model.Message(8, opset =>
        {
            opset.Text(1, string.Empty);
            opset.Integer(2, Opset);
        });
        return model;
    }

    private static void Attribute(ProtoWriter proto, string name, object value)
    {
        proto.Text(1, name);
        switch (value)
        {
            case float number:
                proto.Float(2, number);
                proto.Integer(20, 1);
                break;
            case int number:
                proto.Integer(3, number);
                proto.Integer(20, 2);
                break;
            case string text:
                proto.Text(4, text);
                proto.Integer(20, 3);
                break;
            case int[] numbers:
                foreach (int number in numbers)
                {
                    proto.Integer(8, number);
                }

                proto.Integer(20, 7);
                break;
            default:
                throw new ArgumentException($"no ONNX attribute holds a {value.GetType()}");
        }
    }

    private static int ElementType(DType type) => type switch
    {
        DType.Float32 => 1,
        DType.UInt8 => 2,
        DType.Int32 => 6,
        DType.Int64 => 7,
        DType.Float16 => 10,
        DType.Float64 => 11,
        _ => throw new GraphException($"ONNX export has no use for {type} tensors"),
    };

    private void Declare(int field, string name, TensorType type) => _graph.Message(field, info =>
    {
        info.Text(1, name);
        info.Message(2, proto => proto.Message(1, tensor =>
        {
            tensor.Integer(1, ElementType(type.Type));
            tensor.Message(2, shape =>
            {
                foreach (int extent in type.Shape.Extents)
                {
                    shape.Message(1, dimension => dimension.Integer(1, extent));
                }
            });
        }));
    });
}
