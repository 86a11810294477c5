using System.Net.Http.Headers;
using HandMeshEngine.Server.Command;
using HandMeshEngine.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HandMeshEngine.Server.Tests;

/// <summary>A server as <c>handmesh serve</c> builds it, on a free port of this machine, with a client.</summary>
public sealed class TestServer : IAsyncDisposable
{
    public const string Model = "mediapipe-hand";

    private readonly WebApplication _app;

    private TestServer(WebApplication app, string address)
    {
        _app = app;
        Address = new Uri(address);
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The options of every estimator here: those of the library that answers are compared with.</summary>
    public static EstimatorOptions Lite { get; } = new() { Device = "cpu", Variant = "lite", Threads = 1 };

    public Uri Address { get; }

    public HttpClient Client { get; }

    internal ModelHost Host => _app.Services.GetRequiredService<ModelHost>();

    internal static async Task<TestServer> StartAsync(Action<HandMeshServerOptions>? configure = null, bool ready = true)
    {
        var options = new HandMeshServerOptions();
        configure?.Invoke(options);
        if (options.Models.Count == 0)
        {
            options.Models.Add(new ServedModelOptions(Model, Lite, 2));
        }

        WebApplication app = ServerProcess.Build(new ServeSettings { Address = IPAddress.Loopback, Port = 0, GrpcPort = 0, Server = options, LogLevel = "none" });
        await app.StartAsync();
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var server = new TestServer(app, addresses.First()) { GrpcAddress = new Uri(addresses.Last()) };
        for (int i = 0; ready && !server.Host.IsReady; i++)
        {
            Assert.True(i < 600, "the server is not ready within a minute");
            await Task.Delay(100);
        }

        return server;
    }

    public Uri GrpcAddress { get; private init; } = null!;

    /// <summary>Sends an inference request: JSON, and what follows it.</summary>
    public async Task<HttpResponseMessage> InferAsync(JsonNode request, byte[]? packed = null, string model = Model)
    {
        byte[] head = Encoding.UTF8.GetBytes(request.ToJsonString());
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/v2/models/{model}/infer") { Content = new ByteArrayContent([.. head, .. packed ?? []]) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(packed is null ? "application/json" : "application/octet-stream");
        if (packed is not null)
        {
            message.Headers.Add("Inference-Header-Content-Length", head.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return await Client.SendAsync(message);
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
