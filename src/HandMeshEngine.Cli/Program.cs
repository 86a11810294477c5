using HandMeshEngine.Cli.Verbs;

namespace HandMeshEngine.Cli;

/// <summary>The command <c>handmesh</c>.</summary>
public static class Program
{
    /// <summary>Runs one command and returns its exit code, see <see cref="ExitCode"/>.</summary>
    public static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (Exception exception) when (MissingPart.Of(exception) is { } name)
        {
            MissingPart.Report(name);
            return ExitCode.Machine;
        }
    }

    private static int Run(string[] args)
    {
        RootCommand root = new("3D hand meshes in camera space from single RGB images.")
        {
            PredictVerb.Create(),
            MeasureVerb.Create(),
            ConvertVerb.Create(),
            InspectVerb.Create(),
            ExportVerb.Create(),
            VerifyVerb.Create(),
            EvaluateVerb.Create(),
            BenchVerb.Create(),
            ProfileVerb.Create(),
            SystemsVerb.Create(),
            DoctorVerb.Create(),
            CompileVerb.Create(),
            TuneVerb.Create(),
            ServeVerb.Create(),
        };
        ParseResult parsed = root.Parse(args);
        // The server reads its arguments itself.
        bool serves = args is [ServeVerb.Name, ..];
        if (!serves && CommandLineMistake.Of(parsed, args) is { } mistake)
        {
            ErrorLine.Write(mistake);
            return ExitCode.BadArguments;
        }

        using var interrupt = new Interrupt();
        try
        {
            return serves ? ServeVerb.Run(args[1..]) : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            ErrorLine.Write($"{failure.Sentence}");
            return failure.ExitCode;
        }
    }
}
