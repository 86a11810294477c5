namespace HandMeshEngine.Server.Tests;

/// <summary>A refusal as a client sees it.</summary>
internal static class Refused
{
    /// <summary>The one sentence of a refusal with this status.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {body}");
        JsonObject json = JsonNode.Parse(body)!.AsObject();
        Assert.Single(json);
        return json["error"]!.GetValue<string>();
    }
}
