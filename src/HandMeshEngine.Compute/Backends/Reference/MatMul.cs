namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class MatMul : ReferenceOp<MatMulOp>
{
    protected override void Evaluate(MatMulOp op, Tensor[] inputs, Tensor output)
    {
        Shape a = inputs[0].Shape;
        Shape b = inputs[1].Shape;
        ReadOnlySpan<float> left = inputs[0].Span<float>();
        ReadOnlySpan<float> right = inputs[1].Span<float>();
        Span<float> to = output.Span<float>();
        int m = a[-2], k = a[-1], p = b[-1];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            ReadOnlySpan<float> l = a.Rank == 3 ? left.Slice(n * m * k, m * k) : left;
            ReadOnlySpan<float> r = b.Rank == 3 ? right.Slice(n * k * p, k * p) : right;
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < p; j++)
                {
                    double sum = 0;
                    for (int t = 0; t < k; t++)
                    {
                        sum += (double)l[(i * k) + t] * r[(t * p) + j];
                    }

                    to[(((n * m) + i) * p) + j] = (float)sum;
                }
            }
        }
    }
}
