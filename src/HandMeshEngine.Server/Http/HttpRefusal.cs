using System.Buffers;
using System.Text.Json;

namespace HandMeshEngine.Server.Http;

/// <summary>A refusal as the protocol has it: a status and <c>{"error": "..."}</c>.</summary>
internal static class HttpRefusal
{
    public static int Status(this Reason reason) => reason switch
    {
        Reason.Invalid => StatusCodes.Status400BadRequest,
        Reason.NoToken => StatusCodes.Status401Unauthorized,
        Reason.Forbidden => StatusCodes.Status403Forbidden,
        Reason.Unknown => StatusCodes.Status404NotFound,
        Reason.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Reason.Busy => StatusCodes.Status429TooManyRequests,
        Reason.Unsupported => StatusCodes.Status501NotImplemented,
        Reason.Unavailable => StatusCodes.Status503ServiceUnavailable,
        Reason.Late => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        HttpResponse response = context.Response;
        response.StatusCode = refusal.Reason.Status();
        response.ContentType = "application/json";
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Reason == Reason.NoToken)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, refusal.Message);
            json.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
    }
}
