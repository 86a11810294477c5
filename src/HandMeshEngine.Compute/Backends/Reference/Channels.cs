namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>The channel that an element belongs to, and its PReLU slope.</summary>
internal static class Channels
{
    public static int Of(int index, Shape shape)
    {
        int axis = AffineOp.ChannelAxis(shape);
        return index / shape.CountOf(axis + 1, shape.Rank) % shape[axis];
    }

    public static float Slope(Tensor[] inputs, int operand, int index, Shape shape) =>
        operand < inputs.Length ? inputs[operand].Span<float>()[Of(index, shape)] : 0;
}
