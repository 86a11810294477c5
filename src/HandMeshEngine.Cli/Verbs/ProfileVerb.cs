using System.CommandLine;
using System.Globalization;
using System.Text;
using HandMeshEngine.Cli.Benchmarking;
using HandMeshEngine.Cli.Options;
using HandMeshEngine.Cli.Output;
using HandMeshEngine.Compute;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh profile</c>: every step of a prediction with its bytes and arithmetic.</summary>
internal static class ProfileVerb
{
    public static Command Create()
    {
        var duration = new Option<double>("--duration") { Description = "Seconds to measure.", HelpName = "S", DefaultValueFactory = _ => 3 };
        var photo = new Option<string?>("--photo") { Description = "A JPEG or PNG with a hand instead of the built-in one.", HelpName = "FILE" };
        var trace = new Option<string?>("--trace") { Description = "Write a trace for Perfetto or chrome://tracing.", HelpName = "FILE.json" };
        var common = new CommonOptions();
        var knowledge = new KnowledgeOptions();
        var verb = new Command("profile", "Times every step: bytes, FLOPs, share of what the device can do.");
        common.AddTo(verb);
        knowledge.AddTo(verb);
        foreach (Option option in new Option[] { duration, photo, trace })
        {
            verb.Options.Add(option);
        }

        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.ReadWithWeights(parsed);
            OutputPath.RequireFile("--trace", parsed.GetValue(trace));
            BenchScene scene = BenchScene.Load(parsed.GetValue(photo), options, knowledge.Read(parsed));
            using HandEstimator estimator = HandEstimator.Open(options);
            var load = new MachineLoad();
            ProfiledRun profile = StepClock.Measure(options, scene, BenchVerb.Seconds(parsed.GetValue(duration)));
            MachineFacts machine = MachineFacts.Collect(estimator, load);
            Ceilings? ceilings = estimator.Device == "cuda" ? null : Ceilings.OfProcessor(options.Threads);
            BenchText.WriteMachine(Console.Out, estimator.System.Id, machine);
            WriteSteps(profile, ceilings);
            Console.WriteLine($"means of {profile.Predictions} predictions, {profile.Milliseconds.ToString("0.000", CultureInfo.InvariantCulture)} ms each with a clock read around every step");
            Console.WriteLine(Limits.Of(profile, ceilings));
            if (parsed.GetValue(trace) is { } path)
            {
                AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(JsonText.Of(ChromeTrace.Of(estimator.System.Id, profile, machine)))));
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static void WriteSteps(ProfiledRun profile, Ceilings? ceilings)
    {
        var table = new TextTable("step", "us", "runs", "%", "kFLOP", "kB", "GFLOP/s", "GB/s", "% of ceiling");
        string network = string.Empty, stage = string.Empty;
        foreach (StepTime step in profile.Steps)
        {
            if ((step.Network, step.Stage) != (network, stage))
            {
                (network, stage) = (step.Network, step.Stage);
                table.Add($"{network}: {stage}", string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
            }

            double seconds = Math.Max(step.Microseconds, 1e-3) / 1e6, flops = 2 * step.MultiplyAdds / seconds, bytes = step.Bytes / seconds;
            string share = ceilings is null ? "-"
                : Number(100 * Math.Max(flops / ceilings.FlopsPerSecond, bytes / ceilings.BytesPerSecond), "0");
            table.Add(
                "  " + step.Kernel, Number(step.Microseconds, "0.0"), Number(step.Runs, "0.##"), Number(step.Microseconds / 10 / profile.Milliseconds, "0.0"),
                Number(2 * step.MultiplyAdds / 1000, "0"), Number(step.Bytes / 1000, "0.0"), Number(flops / 1e9, "0.0"), Number(bytes / 1e9, "0.0"), share);
        }

        table.WriteTo(Console.Out);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
