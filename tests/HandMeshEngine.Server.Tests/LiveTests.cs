using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Server.Tests;

/// <summary>The page's files and its socket.</summary>
public sealed class LiveTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task The_page_comes_whole_from_the_server_and_asks_nobody_else()
    {
        foreach (string path in new[] { "/", "/page.css", "/page.js", "/scene.js", "/favicon.svg" })
        {
            HttpResponseMessage response = await shared.Server.Client.GetAsync(path);
            string text = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotMatch("https?://(?!www.w3.org/)", text);
            Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await shared.Server.Client.SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public async Task A_frame_comes_back_as_the_library_s_vertices_and_as_glb_on_request()
    {
        using ClientWebSocket socket = await OpenAsync(shared.Server);
        await SendTextAsync(socket, "{\"model\":\"mediapipe-hand\"}");
        await SendFrameAsync(socket, 7, Photos.Pointing, still: true);
        (JsonNode head, byte[] rest) = await ReceiveAsync(socket);

        RgbImage image = RgbImage.Decode(Photos.Pointing);
        HandMesh expected = shared.Library.Predict(image, Camera.Guess(image.Width, image.Height))[0];
        Assert.Equal(7, head["frame"]!.GetValue<int>());
        JsonNode hand = Assert.Single(head["hands"]!.AsArray())!;
        Assert.Equal(expected.Handedness.ToString().ToLowerInvariant(), hand["side"]!.GetValue<string>());
        int faces = hand["faces"]!.GetValue<int>();
        Assert.Equal(expected.Faces.ToArray(), MemoryMarshal.Cast<byte, int>(rest.AsSpan(0, 4 * faces)).ToArray());
        Assert.Equal(MemoryMarshal.Cast<Vector3, float>(expected.Vertices).ToArray(), MemoryMarshal.Cast<byte, float>(rest.AsSpan(4 * faces)).ToArray());

        await SendTextAsync(socket, "{\"glb\":true}");
        (JsonNode glb, byte[] file) = await ReceiveAsync(socket);
        Assert.Equal(glb["glb"]!.GetValue<int>(), file.Length);
        Assert.Equal("glTF"u8.ToArray(), file[..4]);
    }

    [Fact]
    public async Task Of_frames_that_come_too_fast_the_latest_wins_and_each_is_accounted_for()
    {
        using ClientWebSocket socket = await OpenAsync(shared.Server);
        const int frames = 30;
        for (uint i = 1; i <= frames; i++)
        {
            await SendFrameAsync(socket, i, Photos.Fist, still: false);
        }

        var answered = new List<int>();
        int skipped = 0;
        while (answered.Count + skipped < frames)
        {
            JsonNode head = (await ReceiveAsync(socket)).Head;
            if (head["skipped"] is not null)
            {
                skipped++;
            }
            else
            {
                answered.Add(head["frame"]!.GetValue<int>());
            }
        }

        Assert.True(skipped > 0);
        Assert.Equal(frames, answered[^1]);
        Assert.Equal(answered.Order(), answered);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [Fact]
    public async Task Garbage_is_answered_in_words_and_strangers_are_turned_away()
    {
        using ClientWebSocket socket = await OpenAsync(shared.Server);
        await SendFrameAsync(socket, 1, [1, 2, 3], still: false);
        Assert.Contains("no JPEG, PNG or WebP", (await ReceiveAsync(socket)).Head["error"]!.GetValue<string>());
        foreach (string text in new[] { "garbage", "[]", "{\"model\":7}", "{\"model\":\"other\"}" })
        {
            await SendTextAsync(socket, text);
            Assert.NotNull((await ReceiveAsync(socket)).Head["error"]);
        }

        Assert.Contains("socket; open / in a browser", await Refused.ReadAsync(await shared.Server.Client.GetAsync("/live"), HttpStatusCode.BadRequest));
        using var stranger = new ClientWebSocket();
        stranger.Options.SetRequestHeader("Origin", "https://evil.example.net");
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(Address(shared.Server), CancellationToken.None));
    }

    [Fact]
    public async Task A_socket_brings_its_token_as_a_protocol()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.Tokens.Add("correct-horse-battery"));
        using var without = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => without.ConnectAsync(Address(server), CancellationToken.None));
        using ClientWebSocket socket = await OpenAsync(server, "token." + Convert.ToHexStringLower("correct-horse-battery"u8));
        Assert.Equal("handmesh.live.1", socket.SubProtocol);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/page.js")).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_there_for_prometheus()
    {
        byte[] packed = Photos.Pack(Photos.Fist);
        await Answer.OfAsync(await shared.Server.InferAsync(Photos.Request(packed, 1), packed));
        string text = await shared.Server.Client.GetStringAsync("/metrics");
        foreach (string name in new[] { "handmesh_server_queue_length", "handmesh_server_run_duration_seconds_bucket", "handmesh_server_queue_duration_seconds_count", "handmesh_predictions_total", "http_server_request_duration_seconds_count" })
        {
            Assert.Contains(name, text);
        }
    }

    private static Uri Address(TestServer server) => new UriBuilder(server.Address) { Scheme = "ws", Path = "/live" }.Uri;

    private static async Task<ClientWebSocket> OpenAsync(TestServer server, params string[] protocols)
    {
        var socket = new ClientWebSocket();
        foreach (string protocol in protocols.Prepend("handmesh.live.1"))
        {
            socket.Options.AddSubProtocol(protocol);
        }

        await socket.ConnectAsync(Address(server), CancellationToken.None);
        return socket;
    }

    private static Task SendTextAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static Task SendFrameAsync(ClientWebSocket socket, uint number, byte[] file, bool still)
    {
        byte[] message = new byte[5 + file.Length];
        message[0] = still ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(1), number);
        file.CopyTo(message, 5);
        return socket.SendAsync(message, WebSocketMessageType.Binary, true, CancellationToken.None);
    }

    private static async Task<(JsonNode Head, byte[] Body)> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        byte[] bytes = message.ToArray();
        if (part.MessageType == WebSocketMessageType.Text)
        {
            return (JsonNode.Parse(bytes)!, []);
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return (JsonNode.Parse(bytes.AsSpan(4, length))!, bytes[(4 + length)..]);
    }
}
