using System.ComponentModel;
using System.Diagnostics;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Programs that run as processes of their own.</summary>
internal static class OtherProgram
{
    /// <summary>Starts a program; what it prints must be read, or fit a pipe.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.WorkingDirectory = folder ?? string.Empty;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end: exit code, or -1 if there is no such program, and everything that it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        try
        {
            using Process process = Start(program, arguments, folder, environment);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
