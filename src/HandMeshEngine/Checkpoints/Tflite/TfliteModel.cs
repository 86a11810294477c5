namespace HandMeshEngine.Checkpoints.Tflite;

/// <summary>The operators that a hand network uses, by their number in the file format.</summary>
internal enum TfliteOp
{
    /// <summary>Element-wise sum of two tensors.</summary>
    Add = 0,

    /// <summary>Two tensors joined along an axis.</summary>
    Concatenation = 2,

    /// <summary>Convolution, weights [out, h, w, in].</summary>
    Conv2D = 3,

    /// <summary>Depth-wise convolution, weights [1, h, w, channels].</summary>
    DepthwiseConv2D = 4,

    /// <summary>Widening of a float16 constant; folded away.</summary>
    Dequantize = 6,

    /// <summary>Linear layer, weights [out, in].</summary>
    FullyConnected = 9,

    /// <summary>Sigmoid.</summary>
    Logistic = 14,

    /// <summary>Window maximum.</summary>
    MaxPool2D = 17,

    /// <summary>The same values under another shape.</summary>
    Reshape = 22,

    /// <summary>Bilinear resampling.</summary>
    ResizeBilinear = 23,

    /// <summary>Zeros around a tensor.</summary>
    Pad = 34,

    /// <summary>Average over axes.</summary>
    Mean = 40,

    /// <summary>max(x, 0) + alpha min(x, 0) with a slope per channel.</summary>
    Prelu = 54,
}

/// <summary>A tensor of the graph.</summary>
/// <param name="Name">The exporter's name; for messages only.</param>
/// <param name="Type">Float32, Float16 or Int32.</param>
/// <param name="Shape">Static shape, NHWC.</param>
/// <param name="Constant">The stored value (a view of the file), or null for an activation.</param>
internal sealed record TfliteTensor(string Name, DType Type, Shape Shape, Tensor? Constant);

/// <summary>One step of the graph; numbers index <see cref="TfliteModel.Tensors"/>, -1 marks an absent input.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Inputs">Tensor numbers.</param>
/// <param name="Output">Tensor number.</param>
/// <param name="Attributes">Its options as text, such as <c>stride=2,2 padding=SAME act=relu6</c>; empty when it has none.</param>
internal sealed record TfliteOperator(TfliteOp Op, int[] Inputs, int Output, string Attributes);

/// <summary>A .tflite network: one subgraph of float operators in execution order.</summary>
internal sealed record TfliteModel(
    string File, IReadOnlyList<TfliteTensor> Tensors, IReadOnlyList<TfliteOperator> Operators, int[] Inputs, int[] Outputs);
