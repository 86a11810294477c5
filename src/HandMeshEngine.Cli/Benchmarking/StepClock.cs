using System.Diagnostics;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A system opened once more with a clock read around every step.</summary>
internal sealed class StepClock : IDisposable
{
    private const int WarmUpRuns = 3;

    private readonly HandEstimator _estimator;
    private readonly BenchScene _scene;
    private readonly HandResult _result;
    private TimeSpan _elapsed;
    private int _runs;

    /// <summary>Opens and warms up.</summary>
    public StepClock(EstimatorOptions options, BenchScene scene)
    {
        _estimator = HandEstimator.Open(options with { Profile = true });
        _scene = scene;
        _result = _estimator.CreateResult();
        for (int i = 0; i < WarmUpRuns; i++)
        {
            scene.Predict(_estimator, _result, i);
        }

        foreach (KeyValuePair<string, Session> network in _estimator.Sessions)
        {
            network.Value.Profile!.Reset();
        }
    }

    /// <summary>Predicts for a while, at least five times.</summary>
    /// <exception cref="Output.CommandException">There is no hand.</exception>
    public static ProfiledRun Measure(EstimatorOptions options, BenchScene scene, TimeSpan duration)
    {
        using var clock = new StepClock(options, scene);
        scene.RequireHand(clock._result);
        while (clock._runs < 5 || clock._elapsed < duration)
        {
            clock.Predict(clock._runs);
        }

        return clock.Read();
    }

    /// <summary>One prediction.</summary>
    public void Predict(int run)
    {
        long start = Stopwatch.GetTimestamp();
        _scene.Predict(_estimator, _result, run);
        _elapsed += Stopwatch.GetElapsedTime(start);
        _runs++;
    }

    /// <summary>Means over all predictions so far.</summary>
    public ProfiledRun Read()
    {
        var steps = new List<StepTime>();
        foreach ((string name, Session session) in _estimator.Sessions)
        {
            Profile profile = session.Profile!;
            double share = (double)profile.Runs / _runs;
            for (int i = 0; i < profile.Steps.Count && share > 0; i++)
            {
                ProfileStep step = profile.Steps[i];
                steps.Add(new StepTime(
                    name, step.Stage, step.Kernel, profile.Microseconds(i) * share, share, step.MultiplyAdds * share, step.Bytes * share));
            }
        }

        return new ProfiledRun(steps, _runs, _elapsed.TotalMilliseconds / _runs);
    }

    /// <inheritdoc/>
    public void Dispose() => _estimator.Dispose();
}
