using HandMeshEngine.Cli.Benchmarking;
using HandMeshEngine.Compute.Backends.Cuda;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh bench</c>: how fast, where the time goes, and what limits.</summary>
internal static class BenchVerb
{
    public static Command Create()
    {
        var duration = new Option<double>("--duration") { Description = "Seconds of each measurement.", HelpName = "S", DefaultValueFactory = _ => 10 };
        var photo = new Option<string?>("--photo") { Description = "A JPEG or PNG with a hand: also measures from its bytes to the mesh.", HelpName = "FILE" };
        var batch = new Option<int>("--batch") { Description = "Also the mesh network with N hands in one run.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var streams = new Option<int>("--streams") { Description = "Also N estimators at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var emptyCache = new Option<bool>("--empty-cache") { Description = "CUDA: also open with an empty kernel cache, which compiles everything." };
        var json = new JsonOption();
        var compare = new Option<string?>("--compare") { Description = "An earlier --json output.", HelpName = "OLD.json" };
        var switches = new Option<string?>("--switches") { Description = "CUDA: ways of running, such as \"overlap=off frames=copied\" (docs/environment.md, HANDMESH_CUDA_SWITCHES).", HelpName = "WORDS" };
        var against = new Option<string?>("--against") { Description = "CUDA: only compare with these switches, both in turns in one run.", HelpName = "WORDS" };
        var chart = new Option<string?>("--chart") { Description = "Draw the stages.", HelpName = "FILE.svg" };
        var common = new CommonOptions();
        var knowledge = new KnowledgeOptions();
        var verb = new Command("bench", "Times predictions from pixels to vertices: closed loop, one in flight, every sample kept; then says what limits.");
        common.AddTo(verb);
        knowledge.AddTo(verb);
        verb.AddAll(duration, photo, batch, streams, emptyCache, json, compare, switches, against, chart);

        verb.SetAction(parsed =>
        {
            OutputPath.RequireFile("--chart", parsed.GetValue(chart));
            using BenchDifference? difference = parsed.GetValue(compare) is { } old ? BenchDifference.Read(old) : null;
            EstimatorOptions options = common.ReadWithWeights(parsed);
            if (parsed.GetValue(switches) is { } words)
            {
                options = options with { Cuda = new CudaBackendOptions { Switches = CudaSwitches.Parse(words) } };
            }

            if (parsed.GetValue(against) is { } others)
            {
                SwitchComparison
                    .Run(options, others, BenchScene.Load(parsed.GetValue(photo), options, knowledge.Read(parsed)), Seconds(parsed.GetValue(duration)))
                    .Write(Console.Out, parsed.GetValue(json));
                return ExitCode.Fine;
            }

            BenchReport report = new BenchRun(
                options,
                knowledge.Read(parsed),
                parsed.GetValue(photo),
                Seconds(parsed.GetValue(duration)),
                AtLeastOne("--batch", parsed.GetValue(batch)),
                AtLeastOne("--streams", parsed.GetValue(streams)),
                parsed.GetValue(emptyCache)).Run();
            if (parsed.GetValue(chart) is { } picture)
            {
                AtomicFile.Write(picture, stream => stream.Write(Encoding.UTF8.GetBytes(StageChart.Draw(report))));
            }

            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonText.Of(BenchJson.Of(report)));
            }
            else
            {
                BenchText.Write(Console.Out, report);
            }

            difference?.Write(parsed.GetValue(json) ? Console.Error : Console.Out, report);
            return ExitCode.Fine;
        });
        return verb;
    }

    internal static TimeSpan Seconds(double seconds) => seconds is > 0 and <= 3600
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentException("--duration must be more than 0 and at most 3600 seconds");

    private static int AtLeastOne(string option, int value) =>
        value is >= 1 and <= 256 ? value : throw new ArgumentException($"{option} must be 1 to 256");
}
