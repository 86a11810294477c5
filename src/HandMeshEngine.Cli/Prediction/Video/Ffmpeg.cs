using System.ComponentModel;
using System.Diagnostics;

namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>The programs ffmpeg and ffprobe, where they are installed.</summary>
internal static class Ffmpeg
{
    /// <summary>Starts one of the programs with its streams redirected.</summary>
    /// <param name="program"><c>ffmpeg</c> or <c>ffprobe</c>.</param>
    /// <param name="purpose">What cannot be done without it, for the sentence: "reading clip.mp4".</param>
    /// <param name="writes">Standard input is ours to write.</param>
    /// <param name="arguments">Not interpreted by a shell.</param>
    /// <exception cref="CommandException">It is not installed.</exception>
    public static Process Start(string program, string purpose, bool writes, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = !writes,
            RedirectStandardInput = writes,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CommandException(
                ExitCode.Machine,
                $"{purpose} needs {program}, which is not on the PATH; install ffmpeg (apt-get, brew or winget install ffmpeg), or use pictures of the frames");
        }
    }

    /// <summary>What a program prints.</summary>
    /// <exception cref="CommandException">It is not installed.</exception>
    public static string Read(string program, string purpose, params string[] arguments)
    {
        using Process process = Start(program, purpose, writes: false, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return output;
    }

    /// <summary>A path that is not taken for an option or a protocol.</summary>
    public static string PathOf(string file) => "file:" + file;
}
