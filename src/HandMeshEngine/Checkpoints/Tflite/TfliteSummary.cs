namespace HandMeshEngine.Checkpoints.Tflite;

/// <summary>
/// A network as text, one line an operator, with every DEQUANTIZE folded into the float16 constant behind it. Two
/// networks with equal lines compute the same function of their constants.
/// </summary>
/// <remarks>
/// A line is <c>NUMBER OP INPUT... -> %TENSOR SHAPE OPTIONS</c>; an input is <c>%N</c> (activation), <c>#N f16[...]</c>
/// (weights) or <c>{...}</c> (the values of an integer constant). The first line is the input, the last the outputs.
/// </remarks>
internal sealed class TfliteSummary
{
    private readonly TfliteModel _model;
    private readonly Dictionary<int, int> _folded = [];

    /// <summary>Summarises a network.</summary>
    /// <exception cref="CheckpointException">A DEQUANTIZE does not widen a float16 constant.</exception>
    public TfliteSummary(TfliteModel model)
    {
        _model = model;
        var operators = new List<TfliteOperator>();
        foreach (TfliteOperator op in model.Operators)
        {
            if (op.Op == TfliteOp.Dequantize)
            {
                Fold(op);
            }
            else
            {
                operators.Add(op);
            }
        }

        Operators = operators;
        Lines = [.. Describe()];
    }

    /// <summary>The operators without DEQUANTIZE; their positions are the op numbers.</summary>
    public IReadOnlyList<TfliteOperator> Operators { get; }

    /// <summary>The text.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The constant that an operator's input stands for, or null if the input is computed or absent.</summary>
    public Tensor? ConstantOf(int input) =>
        input < 0 ? null : _model.Tensors[_folded.GetValueOrDefault(input, input)].Constant;

    private void Fold(TfliteOperator op)
    {
        TfliteTensor from = _model.Tensors[op.Inputs[0]];
        TfliteTensor to = _model.Tensors[op.Output];
        if (from.Constant is null || from.Type != DType.Float16 || to.Type != DType.Float32 || !to.Shape.Equals(from.Shape))
        {
            throw new CheckpointException(_model.File, "DEQUANTIZE is supported only on a float16 constant", from.Name);
        }

        _folded[op.Output] = op.Inputs[0];
    }

    private IEnumerable<string> Describe()
    {
        yield return "input" + string.Concat(_model.Inputs.Select(index => $" %{index} {Extents(_model.Tensors[index].Shape)}"));
        var line = new StringBuilder();
        for (int number = 0; number < Operators.Count; number++)
        {
            TfliteOperator op = Operators[number];
            line.Clear().Append(number).Append(' ').Append(NameOf(op.Op));
            foreach (int input in op.Inputs)
            {
                line.Append(' ').Append(Operand(input));
            }

            line.Append(" -> %").Append(op.Output).Append(' ').Append(Extents(_model.Tensors[op.Output].Shape));
            if (op.Attributes.Length > 0)
            {
                line.Append(' ').Append(op.Attributes);
            }

            yield return line.ToString();
        }

        yield return "output" + string.Concat(_model.Outputs.Select(index => $" %{index}"));
    }

    private string Operand(int input)
    {
        // Longer integer constants than a pad list of four axes do not occur; the cap bounds the text of a hostile file.
        const int longestList = 8;
        if (input < 0)
        {
            return "absent";
        }

        int index = _folded.GetValueOrDefault(input, input);
        TfliteTensor tensor = _model.Tensors[index];
        if (tensor.Constant is null)
        {
            return $"%{index}";
        }

        return tensor.Type == DType.Int32 && tensor.Shape.Count <= longestList
            ? "{" + string.Join(",", tensor.Constant.Span<int>().ToArray()) + "}"
            : $"#{index} {(tensor.Type == DType.Float16 ? "f16" : tensor.Type == DType.Int32 ? "i32" : "f32")}{Extents(tensor.Shape)}";
    }

    private static string Extents(Shape shape) => "[" + string.Join(",", shape.Extents.ToArray()) + "]";

    private static string NameOf(TfliteOp op) => op switch
    {
        TfliteOp.Add => "ADD",
        TfliteOp.Concatenation => "CONCATENATION",
        TfliteOp.Conv2D => "CONV_2D",
        TfliteOp.DepthwiseConv2D => "DEPTHWISE_CONV_2D",
        TfliteOp.Dequantize => "DEQUANTIZE",
        TfliteOp.FullyConnected => "FULLY_CONNECTED",
        TfliteOp.Logistic => "LOGISTIC",
        TfliteOp.MaxPool2D => "MAX_POOL_2D",
        TfliteOp.Reshape => "RESHAPE",
        TfliteOp.ResizeBilinear => "RESIZE_BILINEAR",
        TfliteOp.Pad => "PAD",
        TfliteOp.Mean => "MEAN",
        TfliteOp.Prelu => "PRELU",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not an operator"),
    };
}
