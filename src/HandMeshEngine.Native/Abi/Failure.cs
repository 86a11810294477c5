using HandMeshEngine.Checkpoints;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Native.Abi;

/// <summary>Exceptions as codes, and their sentences, which each thread reads with <c>handmesh_last_error</c>.</summary>
internal static unsafe class Failure
{
    [ThreadStatic]
    private static NativeText? _last;

    /// <summary>The sentence of this thread's last call that failed; empty if none did.</summary>
    public static byte* Last => (_last ??= new NativeText()).Pointer;

    /// <summary>Keeps the sentence and gives the code. Never throws: it is the last thing before the border.</summary>
    public static int Report(Exception exception)
    {
        try
        {
            (_last ??= new NativeText()).Set(exception is AbiException or ArgumentException or ImageException or CheckpointException
                or FormatException or IOException or UnauthorizedAccessException or NotSupportedException or CudaException
                ? Sentence(exception)
                : exception is ObjectDisposedException ? "the estimator was closed; open another one"
                : exception is OutOfMemoryException ? "there is not enough memory"
                : $"internal error, please report it: {exception}");
        }
        catch (OutOfMemoryException)
        {
            return (int)Status.OutOfMemory;
        }

        return (int)(exception switch
        {
            AbiException abi => abi.Status,
            ArgumentException => Status.InvalidArgument,
            ImageException => Status.Image,
            CheckpointException => Status.Weights,
            CudaException => Status.Device,
            FormatException or IOException or UnauthorizedAccessException => Status.File,
            ObjectDisposedException => Status.Closed,
            NotSupportedException => Status.NotSupported,
            OutOfMemoryException => Status.OutOfMemory,
            _ => Status.Internal,
        });
    }

    // The name that .NET appends belongs to the C# parameter, which a caller from C never wrote.
    private static string Sentence(Exception exception)
    {
        string message = exception.Message;
        int parameter = exception is ArgumentException { ParamName: not null } ? message.LastIndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return parameter < 0 ? message : message[..parameter];
    }
}
