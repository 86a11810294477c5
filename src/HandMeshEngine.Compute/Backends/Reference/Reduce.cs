namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Reduce : ReferenceOp<ReduceOp>
{
    protected override void Evaluate(ReduceOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        int outer = x.CountOf(0, op.FirstAxis);
        int count = x.CountOf(op.FirstAxis, op.FirstAxis + op.AxisCount);
        int inner = x.CountOf(op.FirstAxis + op.AxisCount, x.Rank);
        ReadOnlySpan<float> from = inputs[0].Span<float>();
        Span<float> to = output.Span<float>();
        for (int i = 0; i < outer; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                double value = op.Reduction == Reduction.Max ? double.NegativeInfinity : 0;
                for (int j = 0; j < count; j++)
                {
                    double term = from[(((i * count) + j) * inner) + k];
                    value = op.Reduction == Reduction.Max ? Math.Max(value, term) : value + term;
                }

                to[(i * inner) + k] = (float)(op.Reduction == Reduction.Mean ? value / count : value);
            }
        }
    }
}
