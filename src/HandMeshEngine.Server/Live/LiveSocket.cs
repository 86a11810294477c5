using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Scheduling;

namespace HandMeshEngine.Server.Live;

/// <summary>
/// One open page. Text says what to do (<c>{"model": NAME}</c>, <c>{"glb": true}</c>), binary is a frame: a byte, 1 for a still image;
/// the page's number for it, 4 bytes; the file. Of the frames that arrive while one is computed, the latest is kept and the others are
/// named (<c>{"skipped": NUMBER}</c>).
/// </summary>
internal sealed class LiveSocket(WebSocket socket, ModelHost host)
{
    public const string Protocol = "handmesh.live.1";

    private const int FrameHead = 5;
    private const int MostFrameBytes = 16 << 20;
    private const int MostTextBytes = 4096;

    private readonly LatestFrame _latest = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly HashSet<(string Model, Handedness Side)> _sentFaces = [];
    private ServedModel? _model;
    private Tracking? _tracking;
    private HandMesh[] _hands = [];

    /// <summary>Ends when the page has gone or the server stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task answering = AnswerAsync(end.Token);
        try
        {
            await ReceiveAsync(stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a word, or the server stops.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await answering.ConfigureAwait(false);
        }

        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await socket.CloseOutputAsync(stop.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
            {
                // It had gone already.
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[64 << 10];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }

                part = await socket.ReceiveAsync(buffer.AsMemory(length), stop).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (length > (part.MessageType == WebSocketMessageType.Text ? MostTextBytes : MostFrameBytes))
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, stop).ConfigureAwait(false);
                    return;
                }
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Text)
            {
                await ObeyAsync(buffer.AsMemory(0, length), stop).ConfigureAwait(false);
            }
            else if (length > FrameHead)
            {
                var frame = new Frame(BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(1)), buffer[0] == 1, buffer[FrameHead..length]);
                if (_latest.Put(frame) is { } skipped)
                {
                    await SayAsync(json => json.WriteNumber("skipped", skipped), stop).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task ObeyAsync(ReadOnlyMemory<byte> text, CancellationToken stop)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.TryGetProperty("model", out JsonElement name))
            {
                _model = host.Find(name.GetString() ?? string.Empty, null);
                _tracking = null;
            }
            else if (json.RootElement.TryGetProperty("glb", out _) && _hands is { Length: > 0 } hands)
            {
                using var glb = new MemoryStream();
                Export.MeshFile.Write(glb, Export.MeshFormat.Glb, hands);
                await SendAsync(LiveMessage.Glb(glb.ToArray()), WebSocketMessageType.Binary, stop).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or Refusal)
        {
            string sentence = exception is Refusal ? exception.Message : "this message is none of those that the page sends";
            await SayAsync(json => json.WriteString("error", sentence), stop).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(CancellationToken stop)
    {
        try
        {
            while (await _latest.TakeAsync(stop).ConfigureAwait(false) is { } frame)
            {
                try
                {
                    await PredictAsync(frame, stop).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or WebSocketException))
                {
                    string sentence = Refusal.Of(exception).Message;
                    await SayAsync(
                        json =>
                        {
                            json.WriteNumber("frame", frame.Number);
                            json.WriteString("error", sentence);
                        },
                        stop).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // The page has gone.
        }
    }

    private async Task PredictAsync(Frame frame, CancellationToken stop)
    {
        ServedModel model = _model ?? host.Models[0];
        if (!frame.IsStill)
        {
            _tracking ??= model.Follow();
        }

        PictureAnswer[] answers = await model.PredictAsync([new Picture { Bytes = frame.File }], frame.IsStill ? null : _tracking, TimeSpan.FromSeconds(2), stop).ConfigureAwait(false);
        _hands = answers[0].Hands;
        await SendAsync(LiveMessage.Of(frame.Number, model.Name, answers[0], _sentFaces), WebSocketMessageType.Binary, stop).ConfigureAwait(false);
    }

    private Task SayAsync(Action<Utf8JsonWriter> write, CancellationToken stop) => SendAsync(LiveMessage.Text(write), WebSocketMessageType.Text, stop);

    private async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken stop)
    {
        await _sending.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, type, true, stop).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
