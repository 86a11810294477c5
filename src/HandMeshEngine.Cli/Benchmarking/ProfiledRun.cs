using System.Diagnostics;
using HandMeshEngine.Compute;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Where the time of a prediction goes, from runs in which every step is measured (on CUDA: uncaptured).</summary>
/// <param name="Steps">All steps in order of execution.</param>
/// <param name="Predictions">How many were measured.</param>
/// <param name="Milliseconds">Mean of a whole measured prediction, clock reads included.</param>
internal sealed record ProfiledRun(IReadOnlyList<StepTime> Steps, int Predictions, double Milliseconds)
{
    /// <summary>Mean time of each stage in microseconds, in order; <c>host</c> is what lies between the steps.</summary>
    public IReadOnlyList<(string Stage, double Microseconds)> Stages =>
    [
        .. Steps.GroupBy(step => step.Stage).Select(group => (group.Key, group.Sum(step => step.Microseconds))),
        ("host", HostMicroseconds),
    ];

    /// <summary>Time outside the steps.</summary>
    public double HostMicroseconds => Math.Max(0, (Milliseconds * 1000) - Steps.Sum(step => step.Microseconds));

    /// <summary>Opens the system again with measured steps and predicts for a while.</summary>
    public static ProfiledRun Measure(EstimatorOptions options, BenchScene scene, TimeSpan duration)
    {
        using HandEstimator estimator = HandEstimator.Open(options with { Profile = true });
        HandResult result = estimator.CreateResult();
        for (int i = 0; i < 3; i++)
        {
            scene.Predict(estimator, result, i);
        }

        foreach (KeyValuePair<string, Session> network in estimator.Sessions)
        {
            network.Value.Profile!.Reset();
        }

        int runs = 0;
        long start = Stopwatch.GetTimestamp();
        while (runs < 5 || Stopwatch.GetElapsedTime(start) < duration)
        {
            scene.Predict(estimator, result, runs++);
        }

        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / runs;
        var steps = new List<StepTime>();
        foreach ((string name, Session session) in estimator.Sessions)
        {
            Profile profile = session.Profile!;
            double share = (double)profile.Runs / runs;
            for (int i = 0; i < profile.Steps.Count && share > 0; i++)
            {
                ProfileStep step = profile.Steps[i];
                steps.Add(new StepTime(
                    name, step.Stage, step.Kernel, profile.Microseconds(i) * share, share, step.MultiplyAdds * share, step.Bytes * share));
            }
        }

        return new ProfiledRun(steps, runs, milliseconds);
    }
}
