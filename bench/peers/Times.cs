namespace HandMeshEngine.Bench.Peers;

/// <summary>Milliseconds of one engine's runs.</summary>
internal sealed class Times
{
    /// <summary>One run after the other, in bursts.</summary>
    public List<double> InTurn { get; } = [];

    /// <summary>Each after a camera-like pause: caches cool and threads fall asleep.</summary>
    public List<double> AfterPause { get; } = [];

    public static double Percentile(List<double> times, int percent)
    {
        double[] sorted = [.. times.Order()];
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
