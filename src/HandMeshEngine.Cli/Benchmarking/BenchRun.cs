using System.Diagnostics;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Measures one system.</summary>
/// <param name="Options">What to open.</param>
/// <param name="Known">Box and so on, if given.</param>
/// <param name="Photo">A photo instead of the built-in one; adds the boundary <c>photo_to_mesh</c>.</param>
/// <param name="Duration">Of each measurement.</param>
/// <param name="Batch">Hands in one run, 1 for none.</param>
/// <param name="Streams">Estimators at once, 1 for none.</param>
/// <param name="EmptyCache">Also open with a kernel cache that is empty (CUDA).</param>
internal sealed record BenchRun(
    EstimatorOptions Options, PredictOptions Known, string? Photo, TimeSpan Duration, int Batch, int Streams, bool EmptyCache)
{
    // Of a camera with 30 frames a second: what a prediction takes in a program that waits for the next frame.
    private static readonly TimeSpan _frameTime = TimeSpan.FromMilliseconds(33);

    /// <summary>Runs everything.</summary>
    public BenchReport Run()
    {
        BenchScene scene = BenchScene.Load(Photo, Options, Known);
        double? compiling = EmptyCache ? OpenCompiling() : null;
        long start = Stopwatch.GetTimestamp();
        using HandEstimator estimator = HandEstimator.Open(Options);
        double open = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        HandResult result = estimator.CreateResult();
        start = Stopwatch.GetTimestamp();
        scene.Predict(estimator, result, 0);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        scene.RequireHand(result);
        long peak = MachineFacts.PeakMemory();
        start = Stopwatch.GetTimestamp();
        HandEstimator.Open(Options).Dispose();
        double again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        using var steps = new StepClock(Options, scene);
        var decoder = new ImageDecoder();
        List<(string Name, ClosedLoop Loop)> boundaries =
        [
            ("end_to_end", new ClosedLoop(run => scene.Predict(estimator, result, run))),
            ("after_pause", new ClosedLoop(run => scene.Predict(estimator, result, run), _frameTime)),
        ];
        if (Photo is not null)
        {
            boundaries.Add(("photo_to_mesh", new ClosedLoop(_ => scene.PredictFile(estimator, result, decoder))));
        }

        var load = new MachineLoad();
        ClosedLoop.Interleave([.. boundaries.Select(boundary => boundary.Loop), new ClosedLoop(steps.Predict)], Duration);
        MachineFacts machine = MachineFacts.Collect(estimator, load);
        ProfiledRun profile = steps.Read();
        Ceilings? ceilings = estimator.Device == "cuda" ? null : Ceilings.OfProcessor(Options.Threads);
        return new BenchReport
        {
            System = Name,
            Machine = machine,
            Times = [.. boundaries.Select(boundary => (boundary.Name, boundary.Loop.Samples))],
            Profile = profile,
            Start = [("open", open), ("first prediction", first), ("open again", again), .. Compiling(compiling)],
            Rates = Rates(scene),
            PlanBytes = estimator.Sessions.Sum(network => network.Value.MemoryBytes),
            PeakBytes = peak,
            Limits = Limits.Of(profile, ceilings),
        };
    }

    private static (string Name, double Milliseconds)[] Compiling(double? milliseconds) =>
        milliseconds is { } ms ? [("open with an empty kernel cache", ms)] : [];

    private double OpenCompiling()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("handmesh-cache");
        try
        {
            long start = Stopwatch.GetTimestamp();
            using HandEstimator estimator = HandEstimator.Open(Options with { KernelFolder = empty.FullName });
            return estimator.Device == "cuda"
                ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
                : throw new ArgumentException($"--empty-cache is about compiled kernels, and {estimator.Device} has none");
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    private string Name => Options.System
        + (Options.Variant is null ? string.Empty : " " + Options.Variant)
        + (Options.Weights?.StartsWith("random:", StringComparison.Ordinal) == true ? " (stand-in weights)" : string.Empty);

    private List<(string Name, double PerSecond)> Rates(BenchScene scene)
    {
        var rates = new List<(string Name, double PerSecond)>();
        if (Streams > 1)
        {
            rates.Add(($"{Streams} estimators at once, predictions", Throughput.OfStreams(Options, scene, Streams, Duration)));
        }

        if (Batch > 1)
        {
            rates.Add(($"mesh network with {Batch} hands in one run, hands", Throughput.OfBatch(Options, scene, Batch, Duration)));
        }

        return rates;
    }
}
