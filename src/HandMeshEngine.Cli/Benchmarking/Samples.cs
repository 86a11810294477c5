namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Every time of a measurement, milliseconds.</summary>
internal sealed class Samples
{
    private readonly double[] _sorted;

    /// <param name="rounds">As measured, at least one sample each.</param>
    public Samples(IReadOnlyList<double[]> rounds)
    {
        _sorted = [.. rounds.SelectMany(round => round).Order()];
        double[] medians = [.. rounds.Select(round => At([.. round.Order()], 50))];
        (LowestMedian, HighestMedian) = (medians.Min(), medians.Max());
    }

    /// <summary>Number of samples.</summary>
    public int Count => _sorted.Length;

    /// <summary>The fastest.</summary>
    public double Min => _sorted[0];

    /// <summary>The slowest.</summary>
    public double Max => _sorted[^1];

    /// <summary>Mean of all.</summary>
    public double Mean => _sorted.Average();

    /// <summary>Lowest of the rounds' medians: with <see cref="HighestMedian"/> the spread of p50.</summary>
    public double LowestMedian { get; }

    /// <summary>Highest of the rounds' medians.</summary>
    public double HighestMedian { get; }

    /// <summary>A percentile, nearest rank.</summary>
    public double Percentile(double percent) => At(_sorted, percent);

    private static double At(double[] sorted, double percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
}
