namespace HandMeshEngine.Bench.Peers;

/// <summary>Milliseconds of both engines' runs, measured in turn: a burst of one's, then a burst of the other's.</summary>
internal sealed class Times
{
    private readonly List<double> _ratios = [];

    public List<double> Ours { get; } = [];

    public List<double> Theirs { get; } = [];

    /// <summary>
    /// The peer's time by ours: the median over the turns, each with the medians of its two bursts. A machine whose speed drifts
    /// changes both of a turn alike.
    /// </summary>
    public double Ratio => Percentile(_ratios, 50);

    public void Add(ReadOnlySpan<double> ours, ReadOnlySpan<double> theirs)
    {
        Ours.AddRange(ours);
        Theirs.AddRange(theirs);
        _ratios.Add(Percentile(theirs.ToArray(), 50) / Percentile(ours.ToArray(), 50));
    }

    public static double Percentile(IEnumerable<double> times, int percent)
    {
        double[] sorted = [.. times.Order()];
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
