namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class GinAggregate : ReferenceOp<GinAggregateOp>
{
    protected override void Evaluate(GinAggregateOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        ReadOnlySpan<int> rows = inputs[1].Span<int>();
        ReadOnlySpan<int> columns = inputs[2].Span<int>();
        for (int n = 0; n < x[0]; n++)
        {
            for (int v = 0; v < x[1]; v++)
            {
                for (int c = 0; c < x[2]; c++)
                {
                    double sum = (1.0 + op.Epsilon) * VertexRows.Of(inputs[0], n, v, x[1], x[2])[c];
                    for (int e = rows[v]; e < rows[v + 1]; e++)
                    {
                        sum += VertexRows.Of(inputs[0], n, columns[e], x[1], x[2])[c];
                    }

                    output.Span<float>()[(((n * x[1]) + v) * x[2]) + c] = (float)sum;
                }
            }
        }
    }
}
