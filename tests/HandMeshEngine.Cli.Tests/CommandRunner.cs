using HandMeshEngine.Cli;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Runs the command in this process and keeps what it prints.</summary>
internal static partial class CommandRunner
{
    private static readonly Lock _gate = new();

    /// <summary>The same on a page of so many columns.</summary>
    public static (int ExitCode, string Output, string Errors) RunOnPage(int columns, params string[] args)
    {
        lock (_gate)
        {
            string? before = Environment.GetEnvironmentVariable("COLUMNS");
            Environment.SetEnvironmentVariable("COLUMNS", columns.ToString(CultureInfo.InvariantCulture));
            try
            {
                return Run(args);
            }
            finally
            {
                Environment.SetEnvironmentVariable("COLUMNS", before);
            }
        }
    }

    /// <summary>Output with its wrapped lines made whole.</summary>
    public static string Unwrap(string output) => Wrap().Replace(output, " ");

    /// <summary>Exit code, standard output and standard error of one command line.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        lock (_gate)
        {
            TextWriter output = Console.Out, errors = Console.Error;
            using StringWriter capturedOutput = new(), capturedErrors = new();
            try
            {
                Console.SetOut(capturedOutput);
                Console.SetError(capturedErrors);
                int exitCode = Program.Main(args);
                return (exitCode, capturedOutput.ToString(), capturedErrors.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(errors);
            }
        }
    }

    [GeneratedRegex("\\n +")]
    private static partial Regex Wrap();
}
