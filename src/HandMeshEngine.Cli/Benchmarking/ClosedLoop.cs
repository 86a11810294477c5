using System.Diagnostics;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>One in flight: the next run starts when the last one has ended.</summary>
internal static class ClosedLoop
{
    private const int WarmUpRuns = 200;

    /// <summary>Runs until the time is over, at least ten times, and keeps every sample.</summary>
    /// <param name="run">Given the number of the run.</param>
    /// <param name="duration">Of the measurement.</param>
    /// <param name="warmUp">Before it; ends early after 200 runs.</param>
    public static Samples Run(Action<int> run, TimeSpan duration, TimeSpan warmUp)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 || (i < WarmUpRuns && Stopwatch.GetElapsedTime(start) < warmUp); i++)
        {
            run(i);
        }

        var samples = new List<double>(1 << 16);
        start = Stopwatch.GetTimestamp();
        while (samples.Count < 10 || Stopwatch.GetElapsedTime(start) < duration)
        {
            long before = Stopwatch.GetTimestamp();
            run(samples.Count);
            samples.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return new Samples(samples);
    }
}
