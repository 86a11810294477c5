namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Binary : ReferenceOp<BinaryOp>
{
    protected override void Evaluate(BinaryOp op, Tensor[] inputs, Tensor output)
    {
        ReadOnlySpan<float> a = inputs[0].Span<float>();
        ReadOnlySpan<float> b = inputs[1].Span<float>();
        Span<float> to = output.Span<float>();
        for (int i = 0; i < to.Length; i++)
        {
            float left = a[BroadcastIndex(i, output.Shape, inputs[0].Shape)];
            float right = b[BroadcastIndex(i, output.Shape, inputs[1].Shape)];
            float value = op.Arithmetic switch
            {
                BinaryKind.Add => left + right,
                BinaryKind.Subtract => left - right,
                BinaryKind.Multiply => left * right,
                _ => left / right,
            };
            to[i] = Activations.Apply(op.Activation, value, Channels.Slope(inputs, 2, i, output.Shape));
        }
    }

    private static int BroadcastIndex(int index, Shape output, Shape input)
    {
        int result = 0, stride = 1;
        for (int axis = 1; axis <= output.Rank; axis++)
        {
            int position = index % output[-axis];
            index /= output[-axis];
            if (axis <= input.Rank)
            {
                result += input[-axis] == 1 ? 0 : position * stride;
                stride *= input[-axis];
            }
        }

        return result;
    }
}
