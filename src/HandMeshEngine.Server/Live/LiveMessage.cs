using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using HandMeshEngine.Server.Scheduling;

namespace HandMeshEngine.Server.Live;

/// <summary>What goes to a page: length of a JSON head, 4 bytes; the head; then, of each hand, faces (once for each model and side) and vertices.</summary>
internal static class LiveMessage
{
    public static ReadOnlyMemory<byte> Of(uint frame, string model, PictureAnswer answer, HashSet<(string Model, Handedness Side)> sentFaces)
    {
        bool[] withFaces = [.. answer.Hands.Select(hand => sentFaces.Add((model, hand.Handedness)))];
        return WithHead(
            json =>
            {
                json.WriteNumber("frame"u8, frame);
                json.WriteString("model"u8, model);
                json.WriteNumber("width"u8, answer.Width);
                json.WriteNumber("height"u8, answer.Height);
                json.WriteNumber("waited"u8, Math.Round(answer.Waited.TotalMilliseconds, 2));
                json.WriteNumber("ran"u8, Math.Round(answer.Ran.TotalMilliseconds, 2));
                json.WriteStartArray("camera"u8);
                foreach (double value in new[] { answer.Camera.Fx, answer.Camera.Fy, answer.Camera.Cx, answer.Camera.Cy })
                {
                    json.WriteNumberValue(value);
                }

                json.WriteEndArray();
                WriteStages(json, answer);
                json.WriteStartArray("hands"u8);
                for (int i = 0; i < withFaces.Length; i++)
                {
                    WriteHand(json, answer.Hands[i], withFaces[i]);
                }

                json.WriteEndArray();
            },
            body =>
            {
                for (int i = 0; i < withFaces.Length; i++)
                {
                    if (withFaces[i])
                    {
                        body.Write(MemoryMarshal.AsBytes(answer.Hands[i].Faces));
                    }

                    body.Write(MemoryMarshal.AsBytes<Vector3>(answer.Hands[i].Vertices));
                }
            });
    }

    public static ReadOnlyMemory<byte> Glb(byte[] file) => WithHead(json => json.WriteNumber("glb"u8, file.Length), body => body.Write(file));

    public static ReadOnlyMemory<byte> Text(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(256);
        WriteObject(body, write);
        return body.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> WithHead(Action<Utf8JsonWriter> head, Action<ArrayBufferWriter<byte>> rest)
    {
        var body = new ArrayBufferWriter<byte>(64 << 10);
        body.GetSpan(sizeof(int))[..sizeof(int)].Clear();
        body.Advance(sizeof(int));
        WriteObject(body, head);
        int length = body.WrittenCount - sizeof(int);
        rest(body);
        ReadOnlyMemory<byte> message = body.WrittenMemory;
        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(message).Span, length);
        return message;
    }

    private static void WriteObject(ArrayBufferWriter<byte> body, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }

    // Decoding is the time beside the library's own stages.
    private static void WriteStages(Utf8JsonWriter json, PictureAnswer answer)
    {
        double predicting = 0;
        json.WriteStartArray("stages"u8);
        foreach (StageTime stage in answer.Stages)
        {
            predicting += stage.Milliseconds;
            WriteStage(json, stage.Name, stage.Milliseconds);
        }

        WriteStage(json, "decode", Math.Max(0, answer.Ran.TotalMilliseconds - predicting));
        json.WriteEndArray();
    }

    private static void WriteStage(Utf8JsonWriter json, string name, double milliseconds)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteNumber("ms"u8, Math.Round(milliseconds, 2));
        json.WriteEndObject();
    }

    private static void WriteHand(Utf8JsonWriter json, HandMesh hand, bool withFaces)
    {
        json.WriteStartObject();
        json.WriteString("side"u8, hand.Handedness == Handedness.Left ? "left"u8 : "right"u8);
        json.WriteNumber("score"u8, Math.Round(hand.Score, 4));
        json.WriteNumber("id"u8, hand.Id ?? -1);
        json.WriteNumber("vertices"u8, hand.Vertices.Length);
        if (withFaces)
        {
            json.WriteNumber("faces"u8, hand.Faces.Length);
        }

        json.WriteEndObject();
    }
}
