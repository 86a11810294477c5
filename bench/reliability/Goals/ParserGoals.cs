namespace HandMeshEngine.Bench.Reliability.Goals;

/// <summary>Files from strangers.</summary>
internal static class ParserGoals
{
    private const string Tests = "HandMeshEngine.Tests";
    private const int FuzzedParsers = 10;

    public static IEnumerable<Goal> All =>
    [
        new("R1", "damaged files are read or refused with the documented exception, in bounded memory", Fuzz),
        new("R2", "every file of the fixed corpora is refused with its sentence", budget => TestRun.Outcome(
            Tests, ["*HostileCorpusTests", "*FoundByFuzzingTests", "*BadImageTests"], "files and rules", budget)),
        new("R3", "every prefix and every flipped byte of a small file of each kind is read or refused", budget => TestRun.Outcome(
            Tests, ["*TruncationTests"], "kinds of file, each at every byte", budget)),
        new("R4", "good pictures give the pixels of libjpeg-turbo and libpng", budget => TestRun.Outcome(
            Tests, ["*JpegDecoderTests", "*PngTests", "*ImageDecoderTests"], "pictures and rules", budget)),
        new("R16", "degenerate cameras, boxes and meshes are refused, or give finite numbers with a flag", budget => TestRun.Outcome(
            Tests, ["*PublicCallTests", "*EstimatorContractTests", "*RootSolver*"], "tests (properties: 1,000 arguments each)", budget)),
        new("R19", "each class of error has its exit code and its sentence", budget => TestRun.Outcome(
            "HandMeshEngine.Cli.Tests", ["*ProcessTests", "*OtherVerbTests"], "commands", budget)),
    ];

    private static Outcome Fuzz(Budget budget)
    {
        // About 4 us a case on an idle core; in a full run the time decides.
        int cases = budget.IsFull ? Math.Clamp((int)(budget.Time.TotalSeconds * 4000), 20_000, 10_000_000) : 20_000;
        Outcome outcome = TestRun.Outcome(Tests, ["*FuzzTests", "*NpyFileTests", "*TfliteFileTests", "*SafetensorsFileTests"], "tests", budget, cases);
        return outcome with { Counts = $"{FuzzedParsers} parsers, {cases:N0} damaged files each; {outcome.Counts}" };
    }
}
