namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Softmax : ReferenceOp<SoftmaxOp>
{
    /// <summary>Turns logits into probabilities, in place.</summary>
    public static void Normalize(Span<double> row)
    {
        double max = double.NegativeInfinity;
        foreach (double value in row)
        {
            max = Math.Max(max, value);
        }

        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = Math.Exp(row[i] - max);
            sum += row[i];
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    protected override void Evaluate(SoftmaxOp op, Tensor[] inputs, Tensor output)
    {
        var row = new double[inputs[0].Shape[-1]];
        for (int start = 0; start < inputs[0].Shape.Count; start += row.Length)
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = inputs[0].Span<float>()[start + i];
            }

            Normalize(row);
            for (int i = 0; i < row.Length; i++)
            {
                output.Span<float>()[start + i] = (float)row[i];
            }
        }
    }
}
