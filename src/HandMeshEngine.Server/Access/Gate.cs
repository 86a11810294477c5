using System.Security.Cryptography;
using HandMeshEngine.Server.Http;

namespace HandMeshEngine.Server.Access;

/// <summary>
/// Who may come in: a token where tokens are asked for, no other web page unless it was named, and the server's own names only, so that a
/// page in a browser on this machine cannot reach it under a name of its own.
/// </summary>
internal sealed class Gate
{
    private readonly byte[][] _tokens;
    private readonly HashSet<string> _origins;
    private readonly HashSet<string> _hosts;

    public Gate(HandMeshServerOptions options)
    {
        // Hashes have one length, so a comparison in constant time tells nothing about a token.
        _tokens = [.. options.Tokens.Select(token => SHA256.HashData(Encoding.UTF8.GetBytes(token)))];
        _origins = new HashSet<string>(options.AllowedOrigins, StringComparer.OrdinalIgnoreCase);
        _hosts = new HashSet<string>(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether requests need a token.</summary>
    public bool AsksForToken => _tokens.Length > 0;

    /// <summary>Checks the request's host and origin, and answers a browser that asks whether it may.</summary>
    /// <returns>True if the request was answered.</returns>
    /// <exception cref="Refusal">It may not come in.</exception>
    public bool Check(HttpContext context)
    {
        if (_hosts.Count > 0 && !_hosts.Contains(context.Request.Host.Host))
        {
            throw new Refusal(Reason.Forbidden, $"this server is not called that; call it {string.Join(", ", _hosts)}");
        }

        string? origin = context.Request.Headers.Origin;
        if (string.IsNullOrEmpty(origin) || IsOwn(origin, context.Request))
        {
            return false;
        }

        if (!_origins.Contains(origin))
        {
            throw new Refusal(Reason.Forbidden, "pages of other origins may not ask this server; name them with --cors");
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = "Inference-Header-Content-Length, Retry-After, X-Request-Id";
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return false;
        }

        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Inference-Header-Content-Length, X-Request-Id";
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    /// <summary>Whether a token is one of those that let in.</summary>
    public bool Admits(ReadOnlySpan<char> token)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(token.ToArray()));
        bool admits = false;
        foreach (byte[] each in _tokens)
        {
            admits |= CryptographicOperations.FixedTimeEquals(each, hash);
        }

        return admits;
    }

    /// <summary>Checks the token of a request that needs one: all but probes and the page's own files.</summary>
    /// <exception cref="Refusal">There is none, or a wrong one.</exception>
    public void RequireToken(HttpContext context)
    {
        const string scheme = "Bearer ";
        if (!AsksForToken || IsOpen(context.Request))
        {
            return;
        }

        string? header = context.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !Admits(header.AsSpan(scheme.Length).Trim()))
        {
            throw new Refusal(Reason.NoToken, "this server asks for a token: Authorization: Bearer TOKEN");
        }
    }

    // The live socket of a page cannot send the header; it brings the token as a protocol and checks it itself.
    private static bool IsOpen(HttpRequest request) => request.Path.StartsWithSegments("/v2/health", StringComparison.Ordinal)
        || request.Path == "/live" || (HttpMethods.IsGet(request.Method) && LivePaths.Contains(request.Path.Value));

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static HashSet<string?> LivePaths { get; } = [.. Live.PageFile.All.Select(file => file.Path)];
}
