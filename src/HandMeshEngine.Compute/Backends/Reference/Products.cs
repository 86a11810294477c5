using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Linear layers, matrix products and attention.</summary>
internal static class Products
{
    public static void Linear(LinearOp op, Tensor[] inputs, Tensor output)
    {
        int depth = inputs[1].Shape[1];
        int channels = inputs[1].Shape[0];
        int rows = output.Shape.Count / channels;
        ReadOnlySpan<float> x = inputs[0].Span<float>();
        ReadOnlySpan<float> w = inputs[1].Span<float>();
        var store = new Store(op.Epilogue, op.OwnInputs, inputs, output);
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < channels; o++)
            {
                store.Put((row * channels) + o, o, Dot(x.Slice(row * depth, depth), w.Slice(o * depth, depth)));
            }
        }
    }

    public static void MatMul(Tensor[] inputs, Tensor output)
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

    public static void Attention(AttentionOp op, Tensor[] inputs, Tensor output)
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
                        weights[j] = op.Scale * Dot(query, k.Slice((((n * keys) + j) * width) + (h * head), head));
                    }

                    Reductions.Softmax(weights);
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

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
