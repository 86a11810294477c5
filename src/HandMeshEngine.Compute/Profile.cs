using System.Diagnostics;

namespace HandMeshEngine.Compute;

/// <summary>Where the time of a session's runs went, step by step. Collected between <see cref="Reset"/> and reading.</summary>
public sealed class Profile
{
    private readonly long[] _ticks;

    internal Profile(IReadOnlyList<ProfileStep> steps)
    {
        Steps = steps;
        _ticks = new long[steps.Count];
    }

    /// <summary>What is measured, in order of execution.</summary>
    public IReadOnlyList<ProfileStep> Steps { get; }

    /// <summary>Number of runs since the last <see cref="Reset"/>.</summary>
    public int Runs { get; private set; }

    /// <summary>Mean time of a step in microseconds.</summary>
    public double Microseconds(int step) =>
        Runs == 0 ? 0 : _ticks[step] * 1e6 / Stopwatch.Frequency / Runs;

    /// <summary>Mean time of each stage in microseconds, in order of first use.</summary>
    public IReadOnlyList<(string Stage, double Microseconds)> Stages()
    {
        var order = new List<string>();
        var sums = new Dictionary<string, double>();
        for (int i = 0; i < Steps.Count; i++)
        {
            string stage = Steps[i].Stage;
            if (sums.TryAdd(stage, 0))
            {
                order.Add(stage);
            }

            sums[stage] += Microseconds(i);
        }

        return [.. order.Select(stage => (stage, sums[stage]))];
    }

    /// <summary>Forgets what was measured.</summary>
    public void Reset()
    {
        Array.Clear(_ticks);
        Runs = 0;
    }

    /// <summary>Adds the time of one step of the run under way.</summary>
    internal void Add(int step, long stopwatchTicks) => _ticks[step] += stopwatchTicks;

    /// <summary>Adds the time of one step, taken by the device.</summary>
    internal void AddMicroseconds(int step, double microseconds) => Add(step, (long)(microseconds * Stopwatch.Frequency / 1e6));

    /// <summary>Ends a run.</summary>
    internal void CountRun() => Runs++;
}
