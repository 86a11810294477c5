using HandMeshEngine.Cli;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Runs the command in this process and keeps what it prints.</summary>
internal static class CommandRunner
{
    private static readonly Lock Gate = new();

    /// <summary>Exit code, standard output and standard error of one command line.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        lock (Gate)
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
}
