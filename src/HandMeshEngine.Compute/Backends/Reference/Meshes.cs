using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Ops on vertices and graphs.</summary>
internal static class Meshes
{
    public static void Gather(Tensor[] inputs, Tensor output)
    {
        int vertices = inputs[0].Shape[1], channels = inputs[0].Shape[2];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        for (int n = 0; n < output.Shape[0]; n++)
        {
            for (int m = 0; m < index.Length; m++)
            {
                Row(inputs[0], n, index[m], vertices, channels).CopyTo(output.Span<float>().Slice(((n * index.Length) + m) * channels, channels));
            }
        }
    }

    public static void SpiralConv(SpiralConvOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        int rows = inputs[1].Shape[0], length = inputs[1].Shape[1], outputs = inputs[2].Shape[0];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        ReadOnlySpan<float> weight = inputs[2].Span<float>();
        var store = new Store(op.Epilogue, op.OwnInputs, inputs, output);
        for (int n = 0; n < x[0]; n++)
        {
            for (int m = 0; m < rows; m++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    double sum = 0;
                    for (int l = 0; l < length; l++)
                    {
                        ReadOnlySpan<float> source = Row(inputs[0], n, index[(m * length) + l], x[1], x[2]);
                        for (int c = 0; c < x[2]; c++)
                        {
                            sum += (double)source[c] * weight[(((o * length) + l) * x[2]) + c];
                        }
                    }

                    store.Put((((n * rows) + m) * outputs) + o, o, sum);
                }
            }
        }
    }

    public static void SpiralDepthwise(Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        int rows = inputs[1].Shape[0], length = inputs[1].Shape[1];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        ReadOnlySpan<float> weight = inputs[2].Span<float>();
        for (int n = 0; n < x[0]; n++)
        {
            for (int m = 0; m < rows; m++)
            {
                for (int c = 0; c < x[2]; c++)
                {
                    double sum = 0;
                    for (int l = 0; l < length; l++)
                    {
                        sum += (double)Row(inputs[0], n, index[(m * length) + l], x[1], x[2])[c] * weight[(c * length) + l];
                    }

                    output.Span<float>()[(((n * rows) + m) * x[2]) + c] = (float)sum;
                }
            }
        }
    }

    public static void SparseMatMul(Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        for (int n = 0; n < x[0]; n++)
        {
            Multiply(inputs[0].Span<float>().Slice(n * x[1] * x[2], x[1] * x[2]), x[2], inputs[1], inputs[2], output.Span<float>().Slice(n * output.Shape[1] * x[2], output.Shape[1] * x[2]), x[2]);
        }
    }

    public static void ChebTerms(ChebTermsOp op, Tensor[] inputs, Tensor output)
    {
        int vertices = inputs[0].Shape[1], channels = inputs[0].Shape[2], wide = op.Terms * channels;
        var product = new float[vertices * channels];
        var previous = new float[vertices * channels];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            float[] before = inputs[0].Span<float>().Slice(n * vertices * channels, vertices * channels).ToArray();
            Span<float> to = output.Span<float>().Slice(n * vertices * wide, vertices * wide);
            Place(before, to, 0, channels, wide);
            Multiply(before, channels, inputs[1], inputs[2], previous, channels);
            Place(previous, to, 1, channels, wide);
            for (int term = 2; term < op.Terms; term++)
            {
                Multiply(previous, channels, inputs[1], inputs[2], product, channels);
                for (int i = 0; i < product.Length; i++)
                {
                    (before[i], previous[i]) = (previous[i], (2 * product[i]) - before[i]);
                }

                Place(previous, to, term, channels, wide);
            }
        }
    }

    public static void GinAggregate(GinAggregateOp op, Tensor[] inputs, Tensor output)
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
                    double sum = (1.0 + op.Epsilon) * Row(inputs[0], n, v, x[1], x[2])[c];
                    for (int e = rows[v]; e < rows[v + 1]; e++)
                    {
                        sum += Row(inputs[0], n, columns[e], x[1], x[2])[c];
                    }

                    output.Span<float>()[(((n * x[1]) + v) * x[2]) + c] = (float)sum;
                }
            }
        }
    }

    public static void BinCenters(BinCentersOp op, Tensor[] inputs, Tensor output)
    {
        int bins = output.Shape[1];
        double low = inputs[1].Span<float>()[0], high = inputs[1].Span<float>()[1];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            ReadOnlySpan<float> y = inputs[0].Span<float>().Slice(n * bins, bins);
            double total = 0;
            foreach (float value in y)
            {
                total += Math.Max(value, 0) + (double)op.Epsilon;
            }

            double edge = 0;
            for (int i = 0; i < bins; i++)
            {
                double width = (Math.Max(y[i], 0) + (double)op.Epsilon) / total;
                output.Span<float>()[(n * bins) + i] = (float)(low + ((high - low) * ((width / 2) + edge)));
                edge += width;
            }
        }
    }

    private static ReadOnlySpan<float> Row(Tensor x, int item, int vertex, int vertices, int channels) =>
        x.Span<float>().Slice(((item * vertices) + vertex) * channels, channels);

    private static void Multiply(ReadOnlySpan<float> x, int channels, Tensor index, Tensor value, Span<float> to, int stride)
    {
        int width = index.Shape[1];
        for (int m = 0; m < index.Shape[0]; m++)
        {
            for (int c = 0; c < channels; c++)
            {
                double sum = 0;
                for (int w = 0; w < width; w++)
                {
                    sum += (double)value.Span<float>()[(m * width) + w] * x[(index.Span<int>()[(m * width) + w] * channels) + c];
                }

                to[(m * stride) + c] = (float)sum;
            }
        }
    }

    private static void Place(ReadOnlySpan<float> term, Span<float> to, int position, int channels, int wide)
    {
        for (int v = 0; v < term.Length / channels; v++)
        {
            term.Slice(v * channels, channels).CopyTo(to.Slice((v * wide) + (position * channels), channels));
        }
    }
}
