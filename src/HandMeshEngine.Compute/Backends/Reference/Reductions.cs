using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Ops that combine values along axes.</summary>
internal static class Reductions
{
    public static void Reduce(ReduceOp op, Tensor input, Tensor output)
    {
        Shape x = input.Shape;
        int outer = x.CountOf(0, op.FirstAxis);
        int count = x.CountOf(op.FirstAxis, op.FirstAxis + op.AxisCount);
        int inner = x.CountOf(op.FirstAxis + op.AxisCount, x.Rank);
        ReadOnlySpan<float> from = input.Span<float>();
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

    public static void Softmax(Tensor input, Tensor output)
    {
        var row = new double[input.Shape[-1]];
        for (int start = 0; start < input.Shape.Count; start += row.Length)
        {
            Read(input, start, row);
            Softmax(row);
            for (int i = 0; i < row.Length; i++)
            {
                output.Span<float>()[start + i] = (float)row[i];
            }
        }
    }

    public static void SoftArgmax(Tensor input, Tensor output)
    {
        var row = new double[input.Shape[-1]];
        for (int r = 0; r < output.Shape.Count; r++)
        {
            Read(input, r * row.Length, row);
            Softmax(row);
            double sum = 0;
            for (int i = 0; i < row.Length; i++)
            {
                sum += i * row[i];
            }

            output.Span<float>()[r] = (float)sum;
        }
    }

    public static void ArgMax2d(Tensor input, Tensor output)
    {
        int width = input.Shape[3];
        int pixels = input.Shape[2] * width;
        for (int map = 0; map < input.Shape[0] * input.Shape[1]; map++)
        {
            ReadOnlySpan<float> values = input.Span<float>().Slice(map * pixels, pixels);
            int best = 0;
            for (int i = 1; i < pixels; i++)
            {
                best = values[i] > values[best] ? i : best;
            }

            Span<float> to = output.Span<float>().Slice(3 * map, 3);
            to[0] = best % width;
            to[1] = best / width;
            to[2] = values[best];
        }
    }

    public static void Softmax(Span<double> row)
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

    private static void Read(Tensor input, int start, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = input.Span<float>()[start + i];
        }
    }
}
