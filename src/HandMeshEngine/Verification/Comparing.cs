namespace HandMeshEngine.Verification;

/// <summary>Compares computed values with a stored tensor.</summary>
internal static class Comparing
{
    /// <summary>One comparison.</summary>
    /// <param name="stage">For the report.</param>
    /// <param name="name">For the report.</param>
    /// <param name="route">For the report.</param>
    /// <param name="actual">Computed value by flat index.</param>
    /// <param name="expected">The stored tensor.</param>
    /// <param name="tolerance">Bounds for the whole tensor.</param>
    /// <param name="limits">Bounds by flat index instead; infinite ones leave an element out.</param>
    public static TensorComparison Compare(
        string stage,
        string name,
        string route,
        Func<int, double> actual,
        Tensor expected,
        Tolerance tolerance,
        Func<int, double>? limits = null)
    {
        double limit = tolerance.Limit(Largest(expected));
        double maxError = 0, meanError = 0, sumError = 0, sumActual = 0, sumExpected = 0, product = 0, worst = -1;
        int at = 0, nonFinite = 0;
        for (int i = 0; i < expected.Shape.Count; i++)
        {
            double allowed = limits?.Invoke(i) ?? limit;
            if (double.IsPositiveInfinity(allowed))
            {
                continue;
            }

            (double a, double b) = (actual(i), expected[i]);
            double error = Math.Abs(a - b);
            double share = Share(error, allowed);
            if (share > worst)
            {
                (worst, at) = (share, i);
            }

            nonFinite += double.IsFinite(a) ? 0 : 1;
            maxError = Math.Max(maxError, error);
            meanError += error / expected.Shape.Count;
            sumError += error * error;
            sumActual += a * a;
            sumExpected += b * b;
            product += a * b;
        }

        worst = Math.Max(worst, Share(meanError, tolerance.Mean));
        return new TensorComparison
        {
            Stage = stage,
            Name = name,
            Route = route,
            Count = expected.Shape.Count,
            MaxError = maxError,
            MeanError = meanError,
            Where = Index(at, expected.Shape),
            Actual = expected.Shape.Count > 0 ? actual(at) : 0,
            Expected = expected.Shape.Count > 0 ? expected[at] : 0,
            Nmse = sumExpected > 0 ? sumError / sumExpected : sumError,
            Cosine = sumActual > 0 && sumExpected > 0 ? product / Math.Sqrt(sumActual * sumExpected) : 1,
            NonFinite = nonFinite,
            Tolerance = limits?.Invoke(at) ?? limit,
            PercentOfTolerance = 100 * worst,
            Passed = nonFinite == 0 && worst <= 1,
        };
    }

    /// <summary>The largest magnitude of a tensor.</summary>
    public static double Largest(Tensor tensor)
    {
        double largest = 0;
        for (int i = 0; i < tensor.Shape.Count; i++)
        {
            largest = Math.Max(largest, Math.Abs(tensor[i]));
        }

        return largest;
    }

    // Not a number uses more than everything; equal values use nothing even of a tolerance of 0.
    private static double Share(double error, double allowed) =>
        error == 0 ? 0 : double.IsNaN(error) || allowed == 0 ? double.PositiveInfinity : error / allowed;

    private static int[] Index(int flat, Shape shape)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = flat % shape[axis];
            flat /= shape[axis];
        }

        return index;
    }
}
