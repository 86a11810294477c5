using System.Diagnostics;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>One in flight: the next run starts when the last one has ended, or a pause later.</summary>
/// <param name="run">Given the number of the run.</param>
/// <param name="pause">Sleep before every run, as in a program that waits for its camera: caches cool and threads fall asleep.</param>
internal sealed class ClosedLoop(Action<int> run, TimeSpan pause = default)
{
    private const int Rounds = 10;
    private const int WarmUpRuns = 200;

    private readonly List<double[]> _rounds = [];
    private int _runs;

    /// <summary>Every sample so far.</summary>
    public Samples Samples => new(_rounds);

    /// <summary>Measures one loop.</summary>
    public static Samples Measure(Action<int> run, TimeSpan duration)
    {
        var loop = new ClosedLoop(run);
        Interleave([loop], duration);
        return loop.Samples;
    }

    /// <summary>Measures loops in turns, ten rounds each, so that whatever the machine does meanwhile meets all of them and shows in their spreads.</summary>
    /// <param name="loops">Warmed up first, for a fifth of <paramref name="duration"/> or 200 runs.</param>
    /// <param name="duration">Of each loop's measurement.</param>
    public static void Interleave(IReadOnlyList<ClosedLoop> loops, TimeSpan duration)
    {
        foreach (ClosedLoop loop in loops)
        {
            loop.WarmUp(duration / 5);
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (ClosedLoop loop in loops)
            {
                loop.Round(duration / Rounds);
            }
        }
    }

    private void WarmUp(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 || (i < WarmUpRuns && Stopwatch.GetElapsedTime(start) < duration); i++)
        {
            run(_runs++);
        }
    }

    // The first run of a round follows another loop's; it is not kept.
    private void Round(TimeSpan duration)
    {
        run(_runs++);
        var samples = new List<double>(1 << 12);
        long start = Stopwatch.GetTimestamp();
        while (samples.Count == 0 || Stopwatch.GetElapsedTime(start) < duration)
        {
            if (pause > TimeSpan.Zero)
            {
                Thread.Sleep(pause);
            }

            long before = Stopwatch.GetTimestamp();
            run(_runs++);
            samples.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        _rounds.Add([.. samples]);
    }
}
