using System.Diagnostics;
using System.Net.Sockets;

namespace HandMeshEngine.Server.Tests;

/// <summary>More than the server can do: refused in time and in words, and what was accepted is answered.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task A_full_queue_is_said_at_once_with_a_hint_when_to_come_again()
    {
        await using TestServer server = await TestServer.StartAsync(options =>
        {
            options.Models.Add(new ServedModelOptions(TestServer.Model, TestServer.Lite, 1));
            options.Limits = new ServerLimits { Queue = 2 };
        });
        byte[] packed = Photos.Pack(Photos.Pointing);
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.InferAsync(Photos.Request(packed, 1), packed)));

        ILookup<HttpStatusCode, HttpResponseMessage> byStatus = responses.ToLookup(response => response.StatusCode);
        Assert.Equal(24, byStatus[HttpStatusCode.OK].Count() + byStatus[HttpStatusCode.TooManyRequests].Count());
        Assert.True(byStatus[HttpStatusCode.OK].Count() >= 3);
        Assert.NotEmpty(byStatus[HttpStatusCode.TooManyRequests]);
        foreach (HttpResponseMessage refused in byStatus[HttpStatusCode.TooManyRequests])
        {
            Assert.Contains("which is the limit of 2; try again later", await Refused.ReadAsync(refused, HttpStatusCode.TooManyRequests));
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.InferAsync(Photos.Request(packed, 1), packed)).StatusCode);
    }

    [Fact]
    public async Task A_request_that_cannot_have_its_turn_in_time_leaves_the_queue()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Models.Add(new ServedModelOptions(TestServer.Model, TestServer.Lite, 1)));
        byte[] many = Photos.Pack([.. Enumerable.Repeat(Photos.Pointing, 16)]), one = Photos.Pack(Photos.Pointing);
        Task<HttpResponseMessage> busy = server.InferAsync(Photos.Request(many, 16), many);
        while (server.Host.Models[0].Waiting == 0 && !busy.IsCompleted)
        {
            await Task.Delay(1);
        }

        JsonObject request = Photos.Request(one, 1);
        request["parameters"] = new JsonObject { ["timeout"] = 1000 };
        Assert.Contains("no estimator became free within 0.001 s", await Refused.ReadAsync(await server.InferAsync(request, one), HttpStatusCode.GatewayTimeout));
        Assert.Equal(HttpStatusCode.OK, (await busy).StatusCode);
        Assert.Equal(0, server.Host.Models[0].Waiting);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_frees_its_places()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Models.Add(new ServedModelOptions(TestServer.Model, TestServer.Lite, 1)));
        byte[] many = Photos.Pack([.. Enumerable.Repeat(Photos.Pointing, 16)]);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var cancellation = new CancellationTokenSource();
        JsonObject json = Photos.Request(many, 16);
        byte[] head = Encoding.UTF8.GetBytes(json.ToJsonString());
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v2/models/mediapipe-hand/infer") { Content = new ByteArrayContent([.. head, .. many]) };
        message.Headers.Add("Inference-Header-Content-Length", $"{head.Length}");
        Task<HttpResponseMessage> sent = client.SendAsync(message, cancellation.Token);
        while (server.Host.Models[0].Waiting == 0)
        {
            await Task.Delay(1);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        var patience = Stopwatch.StartNew();
        while (server.Host.Models[0].Waiting > 0)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "images of a sender that has gone still wait");
            await Task.Delay(5);
        }
    }

    [Fact]
    public async Task Bodies_beyond_the_limit_and_slow_ones_are_refused()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Limits = new ServerLimits { BodyBytes = 64 << 10, Read = TimeSpan.FromSeconds(1) });
        Assert.Contains("at most 65536 bytes", await Refused.ReadAsync(
            await server.Client.PostAsync("/v2/models/mediapipe-hand/infer", new ByteArrayContent(new byte[(64 << 10) + 1])), HttpStatusCode.RequestEntityTooLarge));

        // Announced as a gigabyte: refused before a byte of it is read.
        Assert.StartsWith("HTTP/1.1 413", await RawAsync(server, "POST /v2/models/mediapipe-hand/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n"));
        // In pieces without a length, the pieces are counted.
        string piece = "10000\r\n" + new string('x', 0x10000) + "\r\n";
        Assert.StartsWith("HTTP/1.1 413", await RawAsync(server, "POST /v2/models/mediapipe-hand/infer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + piece + piece));
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(server, "POST /v2/models/mediapipe-hand/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"));
        Assert.StartsWith("HTTP/1.1 431", await RawAsync(server, "GET /v2 HTTP/1.1\r\nHost: localhost\r\nA: " + new string('x', 20000) + "\r\n\r\n"));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/v2")).StatusCode);
    }

    [Fact]
    public async Task The_number_of_sequences_is_bounded_and_an_ended_one_makes_room()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Limits = new ServerLimits { Sequences = 2 });
        Assert.Equal(HttpStatusCode.OK, (await FrameAsync(server, "a", start: true)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await FrameAsync(server, "b", start: true)).StatusCode);
        Assert.Contains("2 sequences are followed", await Refused.ReadAsync(await FrameAsync(server, "c", start: true), HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.OK, (await FrameAsync(server, "a", end: true)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await FrameAsync(server, "c", start: true)).StatusCode);
    }

    [Fact]
    public async Task Accepted_requests_are_answered_when_the_server_stops()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Models.Add(new ServedModelOptions(TestServer.Model, TestServer.Lite, 1)));
        byte[] packed = Photos.Pack(Photos.Pointing);
        Task<HttpResponseMessage>[] sent = [.. Enumerable.Range(0, 12).Select(_ => server.InferAsync(Photos.Request(packed, 1), packed))];
        // Read by the server, all of them: one runs, the others wait or are done.
        while (server.Host.Models[0].Waiting + sent.Count(each => each.IsCompleted) < 11)
        {
            await Task.Delay(1);
        }

        Task stop = server.StopAsync();
        HttpResponseMessage[] responses = await Task.WhenAll(sent);
        await stop;

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("/v2"));
    }

    [Fact]
    public async Task Mutated_requests_get_documented_answers_only()
    {
        await using TestServer server = await TestServer.StartAsync();
        var random = new Random(17);
        byte[] packed = Photos.Pack(Photos.Fist);
        byte[] head = Encoding.UTF8.GetBytes(Photos.Request(packed, 1, Photos.Tensor("BOX", "FP64", [1, 4], 10, 10, 200, 200), Photos.Tensor("HANDEDNESS", "BYTES", [1, 1], "left")).ToJsonString());
        for (int i = 0; i < 300; i++)
        {
            byte[] body = [.. head, .. packed];
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                body[random.Next(random.Next(2) == 0 ? head.Length : body.Length)] = (byte)random.Next(256);
            }

            using var message = new HttpRequestMessage(HttpMethod.Post, "/v2/models/mediapipe-hand/infer") { Content = new ByteArrayContent(body[..random.Next(random.Next(4) == 0 ? 1 : body.Length, body.Length)]) };
            message.Headers.Add("Inference-Header-Content-Length", $"{Math.Max(0, head.Length + (random.Next(8) == 0 ? random.Next(-9, 9) : 0))}");
            HttpResponseMessage response = await server.Client.SendAsync(message);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"seed 17, request {i}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        Assert.True(server.Host.IsReady);
    }

    private static Task<HttpResponseMessage> FrameAsync(TestServer server, string sequence, bool start = false, bool end = false)
    {
        byte[] packed = Photos.Pack(Photos.Fist);
        JsonObject request = Photos.Request(packed, 1);
        request["parameters"] = new JsonObject { ["sequence_id"] = sequence, ["sequence_start"] = start, ["sequence_end"] = end };
        return server.InferAsync(request, packed);
    }

    private static async Task<string> RawAsync(TestServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        }
        catch (IOException)
        {
            // Closed before the end of the body: the answer is there all the same.
        }

        byte[] answer = new byte[4096];
        int length = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return Encoding.ASCII.GetString(answer, 0, length);
    }
}
