namespace HandMeshEngine.Cli.Output;

/// <summary>Ends the command with a sentence and an exit code.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Output.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
