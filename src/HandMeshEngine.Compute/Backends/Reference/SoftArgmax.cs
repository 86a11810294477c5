namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class SoftArgmax : ReferenceOp<SoftArgmaxOp>
{
    protected override void Evaluate(SoftArgmaxOp op, Tensor[] inputs, Tensor output)
    {
        var row = new double[inputs[0].Shape[-1]];
        for (int r = 0; r < output.Shape.Count; r++)
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = inputs[0].Span<float>()[(r * row.Length) + i];
            }

            Softmax.Normalize(row);
            double sum = 0;
            for (int i = 0; i < row.Length; i++)
            {
                sum += i * row[i];
            }

            output.Span<float>()[r] = (float)sum;
        }
    }
}
