using HandMeshEngine.Compute.Backends.Cuda;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh tune</c>: measures tiles on the GPU at hand and keeps the fastest.</summary>
internal static class TuneVerb
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var candidates = new Option<int>("--candidates") { Description = "Tiles tried for each layer shape.", DefaultValueFactory = _ => 8, HelpName = "N" };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var verb = new Command("tune", "Measures the convolutions of a system on the CUDA device and stores the fastest tiles.");
        verb.Options.Add(candidates);
        verb.Options.Add(rounds);
        common.AddTo(verb);
        verb.SetAction(parsed =>
        {
            EstimatorOptions options = common.Read(parsed);
            if (parsed.GetValue(candidates) < 1 || parsed.GetValue(rounds) < 1)
            {
                throw new CommandException(ExitCode.BadArguments, "--candidates and --rounds must be at least 1");
            }

            using Backend backend = Devices.Open(options.Device == "auto" ? "cuda" : options.Device);
            if (backend is not CudaBackend cuda)
            {
                throw new CommandException(ExitCode.BadArguments, $"--device {options.Device} has no tiles to tune; only cuda has");
            }

            foreach ((string name, OpGraph graph) in HandNetworks.Build(options))
            {
                Tune(cuda, name, graph, options, parsed.GetValue(candidates), parsed.GetValue(rounds));
            }

            return ExitCode.Fine;
        });
        return verb;
    }

    private static void Tune(CudaBackend cuda, string name, OpGraph graph, EstimatorOptions options, int candidates, int rounds)
    {
        TuningResult? result = null;
        var session = new SessionOptions { Precision = options.Precision ?? Precision.Float16, KernelFolder = options.KernelFolder };
        ProgressBar.Run($"tuning {name}", report =>
            result = cuda.Tune(graph, session, step => report((double)step.Done / step.Total), candidates, rounds));
        if (cuda.TuningNote is { } note)
        {
            ErrorLine.Write($"{note}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {result!.Changed} of {result.Shapes} layer shapes got another tile; their kernels took {result.MicrosecondsBefore:0.0} us, now {result.MicrosecondsAfter:0.0} us; stored in {result.File}"));
    }
}
