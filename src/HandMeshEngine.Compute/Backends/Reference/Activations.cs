namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>The element-wise functions, one number at a time.</summary>
internal static class Activations
{
    public static float Apply(Graph.Activation activation, float x, float slope) => activation.Kind switch
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
