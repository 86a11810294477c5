using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Cuda;
using HandMeshEngine.Evaluation.DataSets;

namespace HandMeshEngine.Cli.Output;

/// <summary>An expected exception as one sentence for the user and an exit code.</summary>
internal sealed record Failure(string Sentence, int ExitCode)
{
    /// <summary>The failure behind an exception, or null for a bug, which may crash with its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        CommandException command => new(command.Message, command.ExitCode),
        ImageException or CheckpointException or GraphException or DataSetException => new(OneLine(exception), Output.ExitCode.BadInput),
        _ when MissingPart.Of(exception) is not null => null,
        FileNotFoundException or DirectoryNotFoundException => new(OneLine(exception), Output.ExitCode.BadInput),
        OutOfMemoryException => new("there is not enough memory; close other programs, or ask for less at once", Output.ExitCode.Machine),
        CudaException or NotSupportedException => new(OneLine(exception), Output.ExitCode.Machine),
        IOException or UnauthorizedAccessException => new(WithPlace(exception), Output.ExitCode.Machine),
        ArgumentException argument => new(WithoutParameter(argument), Output.ExitCode.BadArguments),
        OperationCanceledException => new("interrupted", Output.ExitCode.Interrupted),
        _ => null,
    };

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings("\n  ");

    // What the system says about the standard streams names no file.
    private static string WithPlace(Exception exception) => exception.Message.Contains('\'') || exception is IOException { InnerException: not null }
        ? OneLine(exception)
        : $"the output cannot be written ({exception.Message.TrimEnd('.')})";

    private static string WithoutParameter(ArgumentException exception)
    {
        string message = exception.Message;
        int suffix = exception.ParamName is null ? -1 : message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? message : message[..suffix];
    }
}
