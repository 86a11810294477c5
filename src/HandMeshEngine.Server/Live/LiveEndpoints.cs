using HandMeshEngine.Server.Access;
using HandMeshEngine.Server.Models;

namespace HandMeshEngine.Server.Live;

/// <summary>The page at <c>/</c> and its socket (docs/serve.md 5).</summary>
internal sealed class LiveEndpoints(ModelHost host, Inference inference, Gate gate, HandMeshServerOptions options, IHostApplicationLifetime lifetime)
{
    // Nothing from elsewhere, and nothing inline.
    private const string Policy = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private int _open;

    public void Map(IEndpointRouteBuilder routes)
    {
        if (!options.HasPage)
        {
            return;
        }

        foreach (PageFile file in PageFile.All)
        {
            routes.MapGet(file.Path, context => WriteAsync(context, file));
        }

        routes.MapGet("/live", FollowAsync);
    }

    private static async Task WriteAsync(HttpContext context, PageFile file)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task FollowAsync(HttpContext context)
    {
        inference.RequireOpen();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw Refusal.Invalid("this path is the live page's socket; open / in a browser");
        }

        if (gate.AsksForToken && !context.WebSockets.WebSocketRequestedProtocols.Any(Admits))
        {
            throw new Refusal(Reason.NoToken, "this server asks for a token");
        }

        if (Interlocked.Increment(ref _open) > options.Limits.Sequences)
        {
            Interlocked.Decrement(ref _open);
            throw new Refusal(Reason.Busy, $"{options.Limits.Sequences} pages are followed, which is the limit") { RetryAfter = TimeSpan.FromSeconds(10) };
        }

        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
                context.WebSockets.WebSocketRequestedProtocols.Contains(LiveSocket.Protocol) ? LiveSocket.Protocol : null).ConfigureAwait(false);
            await new LiveSocket(socket, host).RunAsync(stop.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    // A page cannot send a header with its socket, but protocols; a token travels as hexadecimal digits, since few letters may stand there.
    private bool Admits(string protocol)
    {
        const string prefix = "token.";
        if (!protocol.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return gate.Admits(Encoding.UTF8.GetString(Convert.FromHexString(protocol.AsSpan(prefix.Length))));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
