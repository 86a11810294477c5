using System.CommandLine;
using System.Net.Sockets;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Server.Command;

/// <summary><c>handmesh serve</c>. Exit codes are those of <c>handmesh</c>: 2 arguments, 3 a file, 4 the machine.</summary>
internal static class ServeCommand
{
    private const int BadArguments = 2;
    private const int BadInput = 3;
    private const int Machine = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new ServeOptions();
        var root = new RootCommand("Serves hand meshes by the Open Inference Protocol over HTTP, with a live page (docs/serve.md).");
        options.AddTo(root);
        root.SetAction((parsed, cancellation) => ServerProcess.RunAsync(options.Read(parsed), cancellation));
        ParseResult parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            return Fail(parse.Errors[0].Message, BadArguments);
        }

        try
        {
            // Signals are the host's business: it drains.
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
        }
        catch (Exception exception) when (Code(exception) is { } code)
        {
            return Fail(Sentence(exception), code);
        }
    }

    private static int? Code(Exception exception) => exception switch
    {
        CheckpointException or FileNotFoundException or DirectoryNotFoundException or InvalidDataException => BadInput,
        ArgumentException => BadArguments,
        CudaException or NotSupportedException or IOException or SocketException or UnauthorizedAccessException or OutOfMemoryException => Machine,
        _ => null,
    };

    private static string Sentence(Exception exception)
    {
        string message = exception.Message.ReplaceLineEndings(" ");
        int suffix = exception is ArgumentException { ParamName: not null } ? message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return suffix < 0 ? message : message[..suffix];
    }

    private static int Fail(string sentence, int code)
    {
        Console.Error.WriteLine($"handmesh serve: {sentence}");
        return code;
    }
}
