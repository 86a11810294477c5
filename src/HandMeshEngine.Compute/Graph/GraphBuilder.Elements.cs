using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Graph;

/// <content>Element-wise ops and ops that only move values.</content>
public sealed partial class GraphBuilder
{
    /// <summary>a + b, broadcast.</summary>
    public Value Sum(Value a, Value b) => Add(new BinaryOp(BinaryKind.Add, Activation.None), a, b);

    /// <summary>a - b, broadcast.</summary>
    public Value Subtract(Value a, Value b) => Add(new BinaryOp(BinaryKind.Subtract, Activation.None), a, b);

    /// <summary>a b, broadcast.</summary>
    public Value Multiply(Value a, Value b) => Add(new BinaryOp(BinaryKind.Multiply, Activation.None), a, b);

    /// <summary>a / b, broadcast.</summary>
    public Value Divide(Value a, Value b) => Add(new BinaryOp(BinaryKind.Divide, Activation.None), a, b);

    /// <summary>factor x + summand with plain numbers.</summary>
    public Value Scale(Value x, float factor, float summand = 0)
    {
        int channels = ShapeOf(x)[AffineOp.ChannelAxis(ShapeOf(x))];
        var scale = new float[channels];
        var shift = new float[channels];
        Array.Fill(scale, factor);
        Array.Fill(shift, summand);
        return Affine(
            x, Constant("scale", new Shape(channels), scale), Constant("shift", new Shape(channels), shift));
    }

    /// <summary>scale[c] x + shift[c] per channel (axis 1 of maps, last axis otherwise).</summary>
    public Value Affine(Value x, Value scale, Value shift) => Add(new AffineOp(Activation.None), x, scale, shift);

    /// <summary>An element-wise function.</summary>
    public Value Activate(Value x, Activation activation) => Add(new ActivationOp(activation), x);

    /// <summary>max(x, 0).</summary>
    public Value Relu(Value x) => Activate(x, Activation.Relu);

    /// <summary>min(max(x, 0), 6).</summary>
    public Value Relu6(Value x) => Activate(x, Activation.Relu6);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Value Sigmoid(Value x) => Activate(x, Activation.Sigmoid);

    /// <summary>x for x > 0, else slope[c] x with the slopes of this key.</summary>
    public Value PRelu(Value x, string slope) => Add(new ActivationOp(Activation.PRelu), x, Parameter(slope));

    /// <summary>Joins values along an axis (channels by default).</summary>
    public Value Concat(int axis, params ReadOnlySpan<Value> values) => Add(new ConcatOp(axis), values);

    /// <summary>A range of one axis.</summary>
    public Value Slice(Value x, int axis, int start, int length) => Add(new SliceOp(axis, start, length), x);

    /// <summary>The same values under another shape.</summary>
    public Value Reshape(Value x, params ReadOnlySpan<int> extents) => Add(new ReshapeOp(new Shape(extents)), x);

    /// <summary>Swaps two axes.</summary>
    public Value Transpose(Value x, int first, int second) => Add(new TransposeOp(first, second), x);
}
