namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Every time of a measurement, milliseconds.</summary>
internal sealed class Samples
{
    private const int Parts = 10;

    private readonly double[] _sorted;

    /// <param name="inOrder">As measured.</param>
    public Samples(IReadOnlyList<double> inOrder)
    {
        _sorted = [.. inOrder.Order()];
        int size = Math.Max(1, inOrder.Count / Parts);
        double[] medians = [.. inOrder.Chunk(size).Take(Parts).Select(part => At([.. part.Order()], 50))];
        (LowestMedian, HighestMedian) = (medians.Min(), medians.Max());
    }

    /// <summary>Number of samples.</summary>
    public int Count => _sorted.Length;

    /// <summary>The fastest.</summary>
    public double Min => _sorted[0];

    /// <summary>The slowest.</summary>
    public double Max => _sorted[^1];

    /// <summary>Lowest of the medians of ten consecutive parts: with <see cref="HighestMedian"/> the spread of p50.</summary>
    public double LowestMedian { get; }

    /// <summary>Highest of the medians of ten consecutive parts.</summary>
    public double HighestMedian { get; }

    /// <summary>A percentile, nearest rank.</summary>
    public double Percentile(double percent) => At(_sorted, percent);

    private static double At(double[] sorted, double percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
}
