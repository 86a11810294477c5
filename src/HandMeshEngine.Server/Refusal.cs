namespace HandMeshEngine.Server;

/// <summary>Why a request is not answered with tensors: one of the documented errors (docs/serve.md 6).</summary>
internal enum Reason
{
    /// <summary>The request makes no sense as it is: 400, INVALID_ARGUMENT.</summary>
    Invalid,

    /// <summary>No or no valid token: 401, UNAUTHENTICATED.</summary>
    NoToken,

    /// <summary>The page or host that asks may not: 403, PERMISSION_DENIED.</summary>
    Forbidden,

    /// <summary>There is no such model: 404, NOT_FOUND.</summary>
    Unknown,

    /// <summary>The body is larger than the limit: 413, RESOURCE_EXHAUSTED.</summary>
    TooLarge,

    /// <summary>The queue is full, or too many sequences are open: 429, RESOURCE_EXHAUSTED. Worth another try later.</summary>
    Busy,

    /// <summary>A defect or the machine: 500, INTERNAL.</summary>
    Internal,

    /// <summary>The protocol has it, this server does not: 501, UNIMPLEMENTED.</summary>
    Unsupported,

    /// <summary>Not warmed up yet, or shutting down: 503, UNAVAILABLE.</summary>
    Unavailable,

    /// <summary>The deadline passed before the request's turn: 504, DEADLINE_EXCEEDED.</summary>
    Late,
}

/// <summary>A request that is refused, with one sentence for its sender.</summary>
internal sealed class Refusal(Reason reason, string message) : Exception(message)
{
    public Reason Reason { get; } = reason;

    /// <summary>When to try again, where that helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Invalid(string message) => new(Reason.Invalid, message);

    /// <summary>What the sender may know of an exception: the library's sentences about inputs, but nothing of the machine.</summary>
    public static Refusal Of(Exception exception) => exception switch
    {
        Refusal refusal => refusal,
        ImageException => Invalid(exception.Message),
        ArgumentException argument => Invalid(WithoutParameter(argument)),
        ObjectDisposedException => new Refusal(Reason.Unavailable, "the server is shutting down; send the request to another one"),
        OutOfMemoryException => new Refusal(Reason.Busy, "there is no memory for this request now; try again later") { RetryAfter = TimeSpan.FromSeconds(5) },
        _ => new Refusal(Reason.Internal, "the prediction failed; the server's log says why under this request's id"),
    };

    private static string WithoutParameter(ArgumentException exception)
    {
        int suffix = exception.ParamName is null ? -1 : exception.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? exception.Message : exception.Message[..suffix];
    }
}
