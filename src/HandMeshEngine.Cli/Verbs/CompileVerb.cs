using System.Text.RegularExpressions;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh compile</c>: fills a kernel cache ahead of time, for machines without NVRTC.</summary>
internal static partial class CompileVerb
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var architectures = new Option<string>("--arch") { Description = "What to compile for, such as sm_86,sm_90.", HelpName = "LIST", Required = true };
        var output = new OutOption("The folder to fill; more systems can be added to it.", "DIR", ["--output"]);
        var verb = new Command("compile", "Compiles a system's CUDA kernels ahead of time (needs NVRTC, no GPU).");
        verb.Options.Add(architectures);
        output.AddTo(verb);
        common.AddTo(verb);
        verb.SetAction(parsed =>
        {
            (string option, string folder) = output.Read(parsed);
            string[] targets = parsed.GetValue(architectures)!.Split(',');
            if (targets.FirstOrDefault(target => !Architecture().IsMatch(target)) is { } wrong)
            {
                throw new CommandException(ExitCode.BadArguments, $"--arch {wrong} is no architecture; give for example sm_86,sm_90");
            }

            OutputPath.RequireFolder(option, folder);
            EstimatorOptions options = common.Read(parsed) with { KernelFolder = folder };
            foreach (string target in targets)
            {
                Compile(options with { Device = target });
            }

            Console.WriteLine($"On the machine that runs them: HANDMESH_CACHE={Path.GetFullPath(folder)}");
            return ExitCode.Fine;
        });
        return verb;
    }

    [GeneratedRegex("^(sm|compute)_[1-9][0-9]{1,2}[a-z]?$")]
    private static partial Regex Architecture();

    private static void Compile(EstimatorOptions options)
    {
        int ready = 0, cached = 0;
        ProgressBar.Run($"{options.System} {options.Device}", report =>
        {
            using HandEstimator estimator = HandEstimator.Open(options with
            {
                Progress = step =>
                {
                    ready++;
                    cached += step.WasCached ? 1 : 0;
                    report((double)step.Done / step.Total);
                },
            });
            estimator.Prepare();
        });
        Console.WriteLine($"{options.System} {options.Device}: {ready} programs, {ready - cached} compiled, {cached} there already");
    }
}
