using System.Diagnostics;
using HandMeshEngine.Server.Access;

namespace HandMeshEngine.Server.Http;

/// <summary>What every request passes: an id in log and answer, the gate, and refusals as JSON.</summary>
internal sealed partial class RequestPipeline(RequestDelegate next, Gate gate, BodyBudget budget, ILogger<RequestPipeline> logger)
{
    private const string IdHeader = "X-Request-Id";
    private const int LongestId = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        string id = Id(context);
        context.Response.Headers[IdHeader] = id;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        using IDisposable? scope = logger.BeginScope(new Dictionary<string, object> { ["RequestId"] = id });
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (!gate.Check(context))
            {
                gate.RequireToken(context);
                await NextAsync(context).ConfigureAwait(false);
                await ExplainAsync(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Gone(logger);
        }
        catch (Exception exception)
        {
            await RefuseAsync(context, id, exception).ConfigureAwait(false);
        }

        // Probes come every few seconds, and say nothing as long as they are well.
        LogLevel level = context.Request.Path.StartsWithSegments("/v2/health", StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Information;
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no endpoint";
        Answered(logger, level, id, context.Request.Method, route, context.Response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    // gRPC reads bodies itself; what it has in memory counts as well.
    private async Task NextAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        using var body = new CountedBody(context.Request.Body, budget);
        context.Request.Body = body;
        await next(context).ConfigureAwait(false);
    }

    private async Task RefuseAsync(HttpContext context, string id, Exception exception)
    {
        Refusal refusal = exception is BadHttpRequestException bad
            ? new Refusal(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Reason.TooLarge : Reason.Invalid, "the body ended early, came too slowly, or is longer than the limit")
            : exception is IOException ? Refusal.Invalid("the body ended early") : Refusal.Of(exception);
        if (refusal.Reason == Reason.Internal)
        {
            Failed(logger, id, exception);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        await HttpRefusal.WriteAsync(context, refusal).ConfigureAwait(false);
    }

    // What routing itself refuses says nothing otherwise.
    private static Task ExplainAsync(HttpContext context) => context.Response is { HasStarted: false, ContentLength: null } && context.GetEndpoint() is null
        ? HttpRefusal.WriteAsync(context, new Refusal(Reason.Unknown, "there is nothing at this path; GET /v2 says what this server is"))
        : context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed }
            ? WriteMethodAsync(context)
            : Task.CompletedTask;

    private static async Task WriteMethodAsync(HttpContext context)
    {
        byte[] body = Encoding.UTF8.GetBytes("{\"error\":\"this path has another method; the header Allow names it\"}");
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, CancellationToken.None).ConfigureAwait(false);
    }

    // The sender's own id where it is a plain word, so that nobody writes lines into the log.
    private static string Id(HttpContext context)
    {
        string? given = context.Request.Headers[IdHeader];
        return given is { Length: > 0 and <= LongestId } && given.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? given
            : Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("n");
    }

    [LoggerMessage(110, LogLevel.Debug, "the sender has gone")]
    private static partial void Gone(ILogger logger);

    [LoggerMessage(EventId = 111, Message = "{RequestId} {Method} {Endpoint}: {Status} in {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger logger, LogLevel level, string requestId, string method, string endpoint, int status, double milliseconds);

    [LoggerMessage(112, LogLevel.Error, "{RequestId} failed")]
    private static partial void Failed(ILogger logger, string requestId, Exception exception);
}
