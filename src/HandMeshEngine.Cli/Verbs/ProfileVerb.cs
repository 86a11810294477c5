using HandMeshEngine.Cli.Benchmarking;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh profile</c>: where the time of a prediction goes, stage by stage and step by step.</summary>
internal static class ProfileVerb
{
    public static Command Create()
    {
        var duration = new Option<double>("--duration") { Description = "Seconds to measure.", HelpName = "S", DefaultValueFactory = _ => 3 };
        var photo = new Option<string?>("--photo") { Description = "A JPEG or PNG with a hand instead of the built-in one.", HelpName = "FILE" };
        var trace = new Option<string?>("--trace") { Description = "Write a trace for Perfetto or chrome://tracing.", HelpName = "FILE.json" };
        var sort = new Option<string>("--sort") { Description = "order of execution, or time: the slowest first.", HelpName = "order|time", DefaultValueFactory = _ => "order" };
        var top = new Option<int?>("--top") { Description = "Only the N slowest steps; the others of a stage in one line.", HelpName = "N" };
        var full = new Option<bool>("--full") { Description = "Also every step as the plan has it: tiles, shapes, offsets (docs/plan-text.md)." };
        var common = new CommonOptions();
        var knowledge = new KnowledgeOptions();
        var verb = new Command("profile", "Times every stage and step: FLOPs, bytes, share of what the device can do.");
        common.AddTo(verb);
        knowledge.AddTo(verb);
        verb.AddAll(duration, photo, trace, sort, top, full);

        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.ReadWithWeights(parsed);
            bool slowestFirst = parsed.GetValue(sort) switch
            {
                "order" => false,
                "time" => true,
                var other => throw new ArgumentException($"--sort {other} is neither order nor time"),
            };
            if (parsed.GetValue(top) is < 1)
            {
                throw new ArgumentException($"--top {parsed.GetValue(top)} must be at least 1");
            }

            OutputPath.RequireFile("--trace", parsed.GetValue(trace));
            BenchScene scene = BenchScene.Load(parsed.GetValue(photo), options, knowledge.Read(parsed));
            using HandEstimator estimator = HandEstimator.Open(options);
            var load = new MachineLoad();
            ProfiledRun profile = StepClock.Measure(options, scene, BenchVerb.Seconds(parsed.GetValue(duration)));
            MachineFacts machine = MachineFacts.Collect(estimator, load);
            Ceilings? ceilings = estimator.Device == "cuda" ? null : Ceilings.OfProcessor(options.Threads);
            BenchText.WriteMachine(Console.Out, estimator.System.Id, machine);
            new ProfileTable(profile, ceilings) { SlowestFirst = slowestFirst, Top = parsed.GetValue(top), Full = parsed.GetValue(full) }.Write(Console.Out);
            Page.Write(Console.Out, $"means of {profile.Predictions} predictions, {profile.Milliseconds.ToString("0.000", CultureInfo.InvariantCulture)} ms each with a clock read around every step");
            Page.Write(Console.Out, Limits.Of(profile, ceilings).ToString());
            if (parsed.GetValue(trace) is { } path)
            {
                AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(JsonText.Of(ChromeTrace.Of(estimator.System.Id, profile, machine)))));
            }

            return ExitCode.Fine;
        });
        return verb;
    }
}
