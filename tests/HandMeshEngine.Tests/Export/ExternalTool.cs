using System.ComponentModel;
using System.Diagnostics;

namespace HandMeshEngine.Tests.Export;

/// <summary>Programs of other people that check our files, where they are installed.</summary>
internal static class ExternalTool
{
    /// <summary>Runs a program and returns its exit code and everything it printed; skips the test if there is no such program.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }

        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
    }
}
