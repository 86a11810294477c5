using System.Text.Json;

namespace HandMeshEngine.Server.Http;

/// <summary>The body of a question for the models: nothing, or <c>{"ready": true}</c>.</summary>
internal static class IndexRequest
{
    /// <exception cref="Refusal">It is something else.</exception>
    public static bool AsksForReadyOnly(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(body);
            JsonElement json = JsonElement.ParseValue(ref reader);
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("ready", out JsonElement ready) && ready.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("the body must be nothing or JSON such as {\"ready\": true}");
        }
    }
}
