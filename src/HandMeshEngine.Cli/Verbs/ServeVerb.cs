using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Cli.Verbs;

/// <summary>
/// <c>handmesh serve</c>: becomes the server, a program of its own in the folder <c>server</c> beside this one, so that no other verb
/// pays for ASP.NET Core.
/// </summary>
internal static partial class ServeVerb
{
    public const string Name = "serve";

    private const string Program = "HandMeshEngine.Server";

    /// <summary>For the list of verbs; <see cref="Run"/> takes the arguments as they are.</summary>
    public static Command Create() => new(Name, "Serves hand meshes by the Open Inference Protocol, with a live page; see handmesh serve --help.");

    /// <summary>Starts the server with these arguments.</summary>
    /// <returns>Its exit code, where this process does not become it.</returns>
    public static int Run(string[] args)
    {
        (string program, string[] first) = Find(AppContext.BaseDirectory, Environment.ProcessPath);
        string[] all = [.. first, .. args];
        if (!OperatingSystem.IsWindows())
        {
            // Signals, process id and exit code are then the server's without anything in between.
            Execv(program, [program, .. all, null]);
            throw new CommandException(ExitCode.Machine, $"{program} cannot be started (error {Marshal.GetLastPInvokeError()})");
        }

        using Process process = Process.Start(program, all);
        // Ctrl+C goes to both; the server drains, and this waits for it.
        Console.CancelKeyPress += (_, interrupt) => interrupt.Cancel = true;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The program, and the arguments that come before those of the server.</summary>
    /// <param name="folder">Of this program.</param>
    /// <param name="processPath">What runs this program: itself, or dotnet.</param>
    /// <exception cref="CommandException">The server is not there.</exception>
    public static (string Program, string[] First) Find(string folder, string? processPath)
    {
        string library = Path.Combine(folder, "server", Program + ".dll");
        if (!File.Exists(library))
        {
            throw new CommandException(ExitCode.Machine, $"{library} is not there: run dotnet publish src/HandMeshEngine.Server -c Release -o {Path.Combine(folder, "server")}");
        }

        return Path.GetFileNameWithoutExtension(processPath) == "dotnet"
            ? (processPath!, [library])
            : (Path.ChangeExtension(library, OperatingSystem.IsWindows() ? ".exe" : null), []);
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execv(string path, string?[] arguments);
}
