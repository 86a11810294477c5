using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cases.Parity;

/// <summary>Collects the comparisons of one case, in the order of the network.</summary>
/// <param name="caseName">Name of the case.</param>
public sealed class StageReport(string caseName)
{
    private readonly List<StageResult> _results = [];

    /// <summary>Every comparison so far.</summary>
    public IReadOnlyList<StageResult> Results => _results;

    /// <summary>The first tensor that left its tolerance, or null.</summary>
    public StageResult? FirstFailure => _results.Find(result => !result.Passed);

    /// <summary>Compares with a tolerance relative to the largest magnitude of the stored tensor.</summary>
    public void Relative(string stage, Tensor expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double largest = 0;
        for (int i = 0; i < expected.Shape.Count; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        Absolute(stage, expected, actual, tolerance * largest);
    }

    /// <summary>Compares with an absolute tolerance.</summary>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public void Absolute(string stage, Tensor expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (actual.Length != expected.Shape.Count)
        {
            throw new ArgumentException($"{caseName} {stage}: {actual.Length} values were computed, {expected.Shape} are stored");
        }

        var worst = new StageResult(caseName, stage, -1, 0, 0, 0, tolerance);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);
            error = double.IsNaN(error) ? double.PositiveInfinity : error;
            if (error > worst.Error)
            {
                worst = worst with { Error = error, Index = i, Actual = actual[i], Expected = expected[i] };
            }
        }

        _results.Add(worst);
    }

    /// <summary>Compares numbers with a tolerance relative to each of them.</summary>
    public void Numbers(string stage, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * Math.Abs(expected[i]);
            _results.Add(new StageResult(caseName, stage, Math.Abs(expected[i] - actual[i]), i, actual[i], expected[i], allowed));
        }
    }
}
