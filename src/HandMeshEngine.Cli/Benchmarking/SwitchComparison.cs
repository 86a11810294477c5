using System.Text.Json.Nodes;
using HandMeshEngine.Compute.Backends.Cuda;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Two ways of running the same kernels, measured in turns, the first of them twice: what differs less than it does from itself is no difference.</summary>
/// <param name="Usual">The first.</param>
/// <param name="Again">The first, by an estimator of its own.</param>
/// <param name="Other">The second.</param>
/// <param name="Words">The second's switches.</param>
internal sealed record SwitchComparison(Samples Usual, Samples Again, Samples Other, string Words)
{
    /// <summary>How much longer the second takes.</summary>
    public double Ratio => Other.Percentile(50) / Usual.Percentile(50);

    /// <summary>How much longer the first takes than itself.</summary>
    public double Noise => Again.Percentile(50) / Usual.Percentile(50);

    /// <summary>Whether the ways differ by more than the first from itself, and by more than the rounds of each.</summary>
    public bool Differs => Math.Abs(Math.Log(Ratio)) > Math.Abs(Math.Log(Noise))
        && (Other.LowestMedian > Math.Max(Usual.HighestMedian, Again.HighestMedian) || Other.HighestMedian < Math.Min(Usual.LowestMedian, Again.LowestMedian));

    /// <summary>Measures.</summary>
    /// <exception cref="ArgumentException">The words are no switches.</exception>
    /// <exception cref="CommandException">No device has switches, or there is no hand.</exception>
    public static SwitchComparison Run(EstimatorOptions options, string words, BenchScene scene, TimeSpan duration)
    {
        EstimatorOptions other = options with { Cuda = (options.Cuda ?? new CudaBackendOptions()) with { Switches = CudaSwitches.Parse(words) } };
        using HandEstimator one = HandEstimator.Open(options), again = HandEstimator.Open(options), second = HandEstimator.Open(other);
        if (one.Device != "cuda")
        {
            throw new CommandException(ExitCode.BadArguments, $"--against compares switches of CUDA, and {one.Device} runs here; give --device cuda");
        }

        ClosedLoop[] loops = [LoopOf(one, scene), LoopOf(second, scene), LoopOf(again, scene)];
        ClosedLoop.Interleave(loops, duration);
        return new SwitchComparison(loops[0].Samples, loops[2].Samples, loops[1].Samples, words);
    }

    /// <summary>Prints it.</summary>
    public void Write(TextWriter to, bool json)
    {
        if (json)
        {
            to.WriteLine(JsonText.Of(new JsonObject
            {
                ["switches"] = Words,
                ["usual"] = Of(Usual),
                ["usual again"] = Of(Again),
                ["other"] = Of(Other),
                ["ratio"] = Ratio,
                ["differs"] = Differs,
            }));
            return;
        }

        foreach ((string name, Samples samples) in new[] { ("usual", Usual), ("usual again", Again), (Words, Other) })
        {
            to.WriteLine(FormattableString.Invariant(
                $"{name,-24} p50 {samples.Percentile(50):0.000} ms, p99 {samples.Percentile(99):0.000}, medians of rounds {samples.LowestMedian:0.000} to {samples.HighestMedian:0.000}, {samples.Count} samples"));
        }

        string verdict = Differs ? $"{Words} takes" : "no difference beyond the spread;";
        to.WriteLine(FormattableString.Invariant($"{verdict} {Ratio:0.000} times the usual, which takes {Noise:0.000} times itself"));
    }

    private static ClosedLoop LoopOf(HandEstimator estimator, BenchScene scene)
    {
        HandResult result = estimator.CreateResult();
        scene.Predict(estimator, result, 0);
        scene.RequireHand(result);
        return new ClosedLoop(run => scene.Predict(estimator, result, run));
    }

    private static JsonObject Of(Samples samples) => new()
    {
        ["p50"] = samples.Percentile(50),
        ["p99"] = samples.Percentile(99),
        ["lowest"] = samples.LowestMedian,
        ["highest"] = samples.HighestMedian,
        ["count"] = samples.Count,
    };
}
