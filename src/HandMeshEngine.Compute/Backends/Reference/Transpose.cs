namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Transpose : ReferenceOp<TransposeOp>
{
    protected override void Evaluate(TransposeOp op, Tensor[] inputs, Tensor output)
    {
        int first = Math.Min(op.First, op.Second), second = Math.Max(op.First, op.Second);
        Shape x = inputs[0].Shape;
        int outer = x.CountOf(0, first), a = x[first], middle = x.CountOf(first + 1, second), b = x[second];
        int inner = x.CountOf(second + 1, x.Rank) * inputs[0].Type.Size();
        int to = 0;
        for (int i = 0; i < outer; i++)
        {
            for (int k = 0; k < b; k++)
            {
                for (int j = 0; j < middle; j++)
                {
                    for (int l = 0; l < a; l++, to += inner)
                    {
                        inputs[0].Bytes.Slice(((((((i * a) + l) * middle) + j) * b) + k) * inner, inner).CopyTo(output.Bytes[to..]);
                    }
                }
            }
        }
    }
}
