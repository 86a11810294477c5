using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Element-wise ops and normalisations.</summary>
internal static class Elements
{
    public static float Apply(Activation activation, float x, float slope) => activation.Kind switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => x > 0 ? x : 0,
        ActivationKind.LeakyRelu => x > 0 ? x : activation.A * x,
        ActivationKind.Clamp => MathF.Min(MathF.Max(x, activation.A), activation.B),
        ActivationKind.Sigmoid => (float)(1 / (1 + Math.Exp(-x))),
        ActivationKind.HardSwish => x * MathF.Min(MathF.Max(x + 3, 0), 6) / 6,
        ActivationKind.Gelu => (float)(0.5 * x * (1 + Erf(x / Math.Sqrt(2)))),
        ActivationKind.PRelu => x > 0 ? x : slope * x,
        _ => throw new GraphException($"unknown activation {activation.Kind}"),
    };

    public static void Binary(BinaryOp op, Tensor[] inputs, Tensor output)
    {
        ReadOnlySpan<float> a = inputs[0].Span<float>();
        ReadOnlySpan<float> b = inputs[1].Span<float>();
        Span<float> to = output.Span<float>();
        for (int i = 0; i < to.Length; i++)
        {
            float left = a[BroadcastIndex(i, output.Shape, inputs[0].Shape)];
            float right = b[BroadcastIndex(i, output.Shape, inputs[1].Shape)];
            float value = op.Arithmetic switch
            {
                BinaryKind.Add => left + right,
                BinaryKind.Subtract => left - right,
                BinaryKind.Multiply => left * right,
                _ => left / right,
            };
            to[i] = Apply(op.Activation, value, Slope(inputs, 2, i, output.Shape));
        }
    }

    public static void Activate(ActivationOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            output.Span<float>()[i] = Apply(op.Activation, inputs[0].Span<float>()[i], Slope(inputs, 1, i, output.Shape));
        }
    }

    public static void Affine(AffineOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            int channel = Channel(i, output.Shape);
            float value = (inputs[1].Span<float>()[channel] * inputs[0].Span<float>()[i]) + inputs[2].Span<float>()[channel];
            output.Span<float>()[i] = Apply(op.Activation, value, Slope(inputs, 3, i, output.Shape));
        }
    }

    public static void BatchNorm(BatchNormOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            int channel = Channel(i, output.Shape);
            double gain = inputs[1].Span<float>()[channel], bias = inputs[2].Span<float>()[channel];
            double mean = inputs[3].Span<float>()[channel], variance = inputs[4].Span<float>()[channel];
            output.Span<float>()[i] = (float)((gain * (inputs[0].Span<float>()[i] - mean) / Math.Sqrt(variance + op.Epsilon)) + bias);
        }
    }

    public static void LayerNorm(LayerNormOp op, Tensor[] inputs, Tensor output)
    {
        int channels = output.Shape[-1];
        for (int start = 0; start < output.Shape.Count; start += channels)
        {
            ReadOnlySpan<float> row = inputs[0].Span<float>().Slice(start, channels);
            double mean = 0, variance = 0;
            foreach (float value in row)
            {
                mean += value;
            }

            mean /= channels;
            foreach (float value in row)
            {
                variance += (value - mean) * (value - mean);
            }

            double factor = 1 / Math.Sqrt((variance / channels) + op.Epsilon);
            for (int c = 0; c < channels; c++)
            {
                output.Span<float>()[start + c] =
                    (float)(((row[c] - mean) * factor * inputs[1].Span<float>()[c]) + inputs[2].Span<float>()[c]);
            }
        }
    }

    private static int Channel(int index, Shape shape)
    {
        int axis = AffineOp.ChannelAxis(shape);
        return index / shape.CountOf(axis + 1, shape.Rank) % shape[axis];
    }

    private static float Slope(Tensor[] inputs, int operand, int index, Shape shape) =>
        operand < inputs.Length ? inputs[operand].Span<float>()[Channel(index, shape)] : 0;

    private static int BroadcastIndex(int index, Shape output, Shape input)
    {
        int result = 0, stride = 1;
        for (int axis = 1; axis <= output.Rank; axis++)
        {
            int position = index % output[-axis];
            index /= output[-axis];
            if (axis <= input.Rank)
            {
                result += input[-axis] == 1 ? 0 : position * stride;
                stride *= input[-axis];
            }
        }

        return result;
    }

    // Maclaurin series near 0, continued fraction of erfc beyond: double precision everywhere.
    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        double result;
        if (a < 2.5)
        {
            double term = a, sum = a;
            for (int n = 1; n < 60; n++)
            {
                term *= -a * a / n;
                sum += term / ((2 * n) + 1);
            }

            result = 2 / Math.Sqrt(Math.PI) * sum;
        }
        else
        {
            double fraction = 0;
            for (int n = 60; n >= 1; n--)
            {
                fraction = n / 2.0 / (a + fraction);
            }

            result = 1 - (Math.Exp(-a * a) / Math.Sqrt(Math.PI) / (a + fraction));
        }

        return x < 0 ? -result : result;
    }
}
