using System.Text.Json;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Tensors;

namespace HandMeshEngine.Server.Http;

/// <summary>The Open Inference Protocol over HTTP (docs/serve.md 2).</summary>
internal sealed class ProtocolEndpoints(ModelHost host, Inference inference, HandMeshServerOptions options, BodyBudget budget)
{
    private const string HeaderLength = "Inference-Header-Content-Length";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/health/live", context => Health(context, host.IsLive, "live"));
        routes.MapGet("/v2/health/ready", context => Health(context, host.IsReady, "ready"));
        routes.MapGet("/v2", context => Json(context, json => JsonAnswer.WriteServer(json, ServerFacts.Version)));
        foreach (string version in new[] { string.Empty, "/versions/{version}" })
        {
            string path = "/v2/models/{model}" + version;
            routes.MapGet(path, context => Json(context, json => JsonAnswer.WriteModel(json, Find(context))));
            routes.MapGet(path + "/ready", context => Health(context, Find(context).State == ModelState.Ready && !host.IsDraining, "ready"));
            routes.MapPost(path + "/infer", InferAsync);
        }

        routes.MapPost("/v2/repository/index", IndexAsync);
        routes.MapPost("/v2/repository/models/{model}/load", Fixed);
        routes.MapPost("/v2/repository/models/{model}/unload", Fixed);
    }

    private ServedModel Find(HttpContext context) =>
        host.Find((string)context.Request.RouteValues["model"]!, context.Request.RouteValues["version"] as string);

    private static Task Health(HttpContext context, bool isWell, string name)
    {
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean(name, isWell);
            json.WriteEndObject();
        });
    }

    private static async Task Json(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var body = new PooledWriter();
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Written.Length;
        await context.Response.Body.WriteAsync(body.Written, context.RequestAborted).ConfigureAwait(false);
    }

    private Task Fixed(HttpContext context)
    {
        Find(context);
        throw new Refusal(Reason.Unsupported, "the models of this server are those that it was started with");
    }

    private async Task IndexAsync(HttpContext context)
    {
        using RequestBody body = await RequestBody.ReadAsync(context, options.Limits, budget).ConfigureAwait(false);
        bool readyOnly = IndexRequest.AsksForReadyOnly(body.Memory.Span);
        await Json(context, json => JsonAnswer.WriteIndex(json, host.Models.Where(model => !readyOnly || model.State == ModelState.Ready))).ConfigureAwait(false);
    }

    private async Task InferAsync(HttpContext context)
    {
        inference.RequireOpen();
        ServedModel model = Find(context);
        (InferRequest request, InferResponse response) = await RunAsync(context, model).ConfigureAwait(false);
        using var answer = new PooledWriter();
        if (JsonAnswer.Write(answer, response, request) is { } head)
        {
            context.Response.Headers[HeaderLength] = head.ToString(CultureInfo.InvariantCulture);
            context.Response.ContentType = "application/octet-stream";
        }
        else
        {
            context.Response.ContentType = "application/json";
        }

        context.Response.ContentLength = answer.Written.Length;
        await context.Response.Body.WriteAsync(answer.Written, context.RequestAborted).ConfigureAwait(false);
    }

    // The body's memory is given back before a slow receiver takes its answer.
    private async Task<(InferRequest Request, InferResponse Response)> RunAsync(HttpContext context, ServedModel model)
    {
        using RequestBody body = await RequestBody.ReadAsync(context, options.Limits, budget).ConfigureAwait(false);
        ReadOnlyMemory<byte> bytes = body.Memory;
        int length = HeadLength(context.Request, bytes.Length);
        InferRequest request = JsonRequestReader.Read(bytes[..length], bytes[length..]);
        InferResponse response = await inference.RunAsync(model, request, context.RequestAborted).ConfigureAwait(false);
        return (request with { Inputs = [] }, response);
    }

    private static int HeadLength(HttpRequest request, int all)
    {
        if (request.Headers[HeaderLength] is not { Count: > 0 } header)
        {
            return all;
        }

        return header.Count == 1 && int.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= all
            ? length
            : throw Refusal.Invalid($"{HeaderLength} must be the number of bytes of the JSON, at most those of the body ({all})");
    }
}
