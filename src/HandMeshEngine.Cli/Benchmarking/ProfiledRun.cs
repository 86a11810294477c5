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
}
