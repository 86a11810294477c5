namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Attention : ReferenceOp<AttentionOp>
{
    protected override void Evaluate(AttentionOp op, Tensor[] inputs, Tensor output)
    {
        int queries = inputs[0].Shape[1], keys = inputs[1].Shape[1], width = inputs[0].Shape[2];
        int head = width / op.Heads;
        ReadOnlySpan<float> q = inputs[0].Span<float>();
        ReadOnlySpan<float> k = inputs[1].Span<float>();
        ReadOnlySpan<float> v = inputs[2].Span<float>();
        Span<float> to = output.Span<float>();
        var weights = new double[keys];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            for (int h = 0; h < op.Heads; h++)
            {
                for (int i = 0; i < queries; i++)
                {
                    ReadOnlySpan<float> query = q.Slice((((n * queries) + i) * width) + (h * head), head);
                    for (int j = 0; j < keys; j++)
                    {
                        weights[j] = op.Scale * DotProduct.Of(query, k.Slice((((n * keys) + j) * width) + (h * head), head));
                    }

                    Softmax.Normalize(weights);
                    for (int c = 0; c < head; c++)
                    {
                        double sum = 0;
                        for (int j = 0; j < keys; j++)
                        {
                            sum += weights[j] * v[(((n * keys) + j) * width) + (h * head) + c];
                        }

                        to[(((n * queries) + i) * width) + (h * head) + c] = (float)sum;
                    }
                }
            }
        }
    }
}
