using System.Net.Http.Headers;

namespace HandMeshEngine.Server.Tests;

/// <summary>Who may come in.</summary>
public sealed class AccessTests
{
    private const string Token = "correct-horse-battery";

    [Fact]
    public async Task With_tokens_everything_but_probes_and_the_page_s_files_needs_one()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Tokens.Add(Token));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/v2/health/ready")).StatusCode);
        foreach (string path in new[] { "/v2", "/v2/models/mediapipe-hand", "/metrics", "/v2/health/../models/mediapipe-hand" })
        {
            HttpResponseMessage refused = await server.Client.GetAsync(path);
            Assert.Contains("asks for a token", await Refused.ReadAsync(refused, HttpStatusCode.Unauthorized));
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/v2")).StatusCode);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/v2")).StatusCode);
    }

    [Fact]
    public async Task On_this_machine_s_address_other_names_and_pages_are_turned_away()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.AllowedOrigins.Add("https://example.org"));
        Assert.Contains("not called that", await Refused.ReadAsync(await SendAsync(server, HttpMethod.Get, "Host", "rebound.example.net"), HttpStatusCode.Forbidden));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, HttpMethod.Get, "Host", "localhost:1")).StatusCode);
        Assert.Contains("--cors", await Refused.ReadAsync(await SendAsync(server, HttpMethod.Post, "Origin", "https://evil.example.net"), HttpStatusCode.Forbidden));
        Assert.Contains("--cors", await Refused.ReadAsync(await SendAsync(server, HttpMethod.Post, "Origin", "null"), HttpStatusCode.Forbidden));

        HttpResponseMessage preflight = await SendAsync(server, HttpMethod.Options, "Origin", "https://example.org");
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("https://example.org", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        HttpResponseMessage own = await SendAsync(server, HttpMethod.Get, "Origin", server.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.False(own.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, HttpMethod method, string header, string value)
    {
        using var request = new HttpRequestMessage(method, "/v2");
        request.Headers.TryAddWithoutValidation(header, value);
        return await server.Client.SendAsync(request);
    }
}
