using Grpc.Core;
using Grpc.Core.Interceptors;

namespace HandMeshEngine.Server.Grpc;

/// <summary>Refusals as statuses; a hint when to come again goes into <c>retry-after</c> (seconds) and <c>grpc-retry-pushback-ms</c>.</summary>
internal sealed partial class RefusalInterceptor(ILogger<RefusalInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            Refusal refusal = Refusal.Of(exception);
            if (refusal.Reason == Reason.Internal)
            {
                Failed(logger, exception);
            }

            var trailers = new Metadata();
            if (refusal.RetryAfter is { } wait)
            {
                trailers.Add("retry-after", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
                trailers.Add("grpc-retry-pushback-ms", ((int)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
            }

            throw new RpcException(new Status(Code(refusal.Reason), refusal.Message), trailers);
        }
    }

    private static StatusCode Code(Reason reason) => reason switch
    {
        Reason.Invalid => StatusCode.InvalidArgument,
        Reason.NoToken => StatusCode.Unauthenticated,
        Reason.Forbidden => StatusCode.PermissionDenied,
        Reason.Unknown => StatusCode.NotFound,
        Reason.TooLarge or Reason.Busy => StatusCode.ResourceExhausted,
        Reason.Unsupported => StatusCode.Unimplemented,
        Reason.Unavailable => StatusCode.Unavailable,
        Reason.Late => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };

    [LoggerMessage(130, LogLevel.Error, "a request failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
