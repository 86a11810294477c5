namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Everything that <c>handmesh bench</c> measured.</summary>
internal sealed record BenchReport
{
    /// <summary>Id of the system, with variant and weights as given.</summary>
    public required string System { get; init; }

    /// <summary>Device, driver, processor, load.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>Named boundaries: <c>end_to_end</c>, and <c>photo_to_mesh</c> with a photo.</summary>
    public required IReadOnlyList<(string Name, Samples Times)> Times { get; init; }

    /// <summary>Where the time goes, from separate runs with measured steps.</summary>
    public required ProfiledRun Profile { get; init; }

    /// <summary>Named milliseconds of opening and of the first prediction.</summary>
    public required IReadOnlyList<(string Name, double Milliseconds)> Start { get; init; }

    /// <summary>Named results a second.</summary>
    public required IReadOnlyList<(string Name, double PerSecond)> Rates { get; init; }

    /// <summary>Weights and activations of the plans, bytes.</summary>
    public required long PlanBytes { get; init; }

    /// <summary>Most resident memory of the process until its first prediction has ended, bytes; later several estimators are open at once.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>What a prediction's time consists of.</summary>
    public required Limits Limits { get; init; }
}
