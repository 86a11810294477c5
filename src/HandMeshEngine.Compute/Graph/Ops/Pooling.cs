namespace HandMeshEngine.Compute.Graph;

/// <summary>The shape rule that the pooling ops share.</summary>
internal static class Pooling
{
    public static TensorType Infer(Op op, IReadOnlyList<TensorType> inputs, int window, int stride, Padding padding)
    {
        if (inputs.Count != 1 || inputs[0].Shape.Rank != 4)
        {
            throw new GraphException($"{op.Kind}: expected one map [N, C, H, W]");
        }

        var x = inputs[0].Shape;
        int height = x[2] + padding.Top + padding.Bottom;
        int width = x[3] + padding.Left + padding.Right;
        if (window > height || window > width)
        {
            throw new GraphException($"{op.Kind}: window {window} is larger than the padded map of {x}");
        }

        return TensorType.Float(x[0], x[1], ((height - window) / stride) + 1, ((width - window) / stride) + 1);
    }
}
