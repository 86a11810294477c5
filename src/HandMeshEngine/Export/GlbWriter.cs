using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>glTF 2.0 binary. Per hand three accessors: positions, normals, indices; one skin-coloured material for all.</summary>
internal static class GlbWriter
{
    private const uint Magic = 0x46546C67; // "glTF"
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;
    private const int ArrayBuffer = 34962;
    private const int ElementArrayBuffer = 34963;
    private const int UnsignedShort = 5123;
    private const int UnsignedInt = 5125;
    private const int Float = 5126;
    private const int AccessorsPerHand = 3;

    // Linear RGB of a light skin tone (sRGB 226, 178, 150).
    private static ReadOnlySpan<float> SkinColour => [0.76f, 0.445f, 0.305f, 1f];

    public static void Write(Stream stream, IReadOnlyList<HandMesh> hands)
    {
        var binary = new ArrayBufferWriter<byte>();
        foreach (HandMesh hand in hands)
        {
            binary.Write(MemoryMarshal.AsBytes(hand.Vertices));
            binary.Write(MemoryMarshal.AsBytes(hand.Normals));
            WriteIndices(binary, hand);
            Pad(binary, 0);
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            WriteScene(writer, hands, binary.WrittenCount);
        }

        Pad(json, (byte)' ');
        Span<byte> header = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 12 + 8 + json.WrittenCount + 8 + binary.WrittenCount);
        WriteChunkHeader(header[12..], json.WrittenCount, JsonChunk);
        stream.Write(header);
        stream.Write(json.WrittenSpan);
        WriteChunkHeader(header, binary.WrittenCount, BinaryChunk);
        stream.Write(header[..8]);
        stream.Write(binary.WrittenSpan);
    }

    private static bool HasShortIndices(HandMesh hand) => hand.Vertices.Length <= ushort.MaxValue;

    private static int IndexBytes(HandMesh hand) => hand.Faces.Length * (HasShortIndices(hand) ? 2 : 4);

    private static void WriteIndices(ArrayBufferWriter<byte> binary, HandMesh hand)
    {
        Span<byte> to = binary.GetSpan(IndexBytes(hand));
        if (HasShortIndices(hand))
        {
            Span<ushort> indices = MemoryMarshal.Cast<byte, ushort>(to);
            for (int i = 0; i < hand.Faces.Length; i++)
            {
                indices[i] = (ushort)hand.Faces[i];
            }
        }
        else
        {
            MemoryMarshal.AsBytes(hand.Faces).CopyTo(to);
        }

        binary.Advance(IndexBytes(hand));
    }

    private static void Pad(ArrayBufferWriter<byte> buffer, byte filler)
    {
        int padding = -buffer.WrittenCount & 3;
        buffer.GetSpan(4)[..padding].Fill(filler);
        buffer.Advance(padding);
    }

    private static void WriteChunkHeader(Span<byte> to, int length, uint type)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], type);
    }

    private static void WriteScene(Utf8JsonWriter json, IReadOnlyList<HandMesh> hands, int bufferBytes)
    {
        json.WriteStartObject();
        json.WriteStartObject("asset");
        json.WriteString("version", "2.0");
        json.WriteString("generator", "HandMeshEngine");
        json.WriteEndObject();
        json.WriteNumber("scene", 0);
        WriteList(json, "scenes", 1, static (json, _) =>
        {
            json.WriteString("name", "hands in camera space, metres");
            WriteNumbers(json, "nodes", [0]);
        });
        WriteList(json, "nodes", hands.Count + 1, (json, i) => WriteNode(json, hands, i - 1));
        WriteList(json, "meshes", hands.Count, (json, i) => WriteMesh(json, hands[i], i));
        WriteList(json, "materials", 1, static (json, _) => WriteMaterial(json));
        WriteList(json, "accessors", AccessorsPerHand * hands.Count, (json, i) => WriteAccessor(json, hands[i / AccessorsPerHand], i));
        int offset = 0;
        WriteList(json, "bufferViews", AccessorsPerHand * hands.Count, (json, i) =>
            offset = WriteBufferView(json, hands[i / AccessorsPerHand], i % AccessorsPerHand, offset));
        WriteList(json, "buffers", 1, (json, _) => json.WriteNumber("byteLength", bufferBytes));
        json.WriteEndObject();
    }

    // Node 0 turns camera axes (y down, z forward) into glTF's (y up, z backward); the hands hang below it.
    private static void WriteNode(Utf8JsonWriter json, IReadOnlyList<HandMesh> hands, int hand)
    {
        if (hand < 0)
        {
            json.WriteString("name", "camera");
            WriteNumbers(json, "rotation", [1, 0, 0, 0]);
            WriteNumbers(json, "children", [.. Enumerable.Range(1, hands.Count).Select(i => (float)i)]);
            return;
        }

        json.WriteString("name", MeshFile.Name(hands[hand], hand));
        json.WriteNumber("mesh", hand);
    }

    private static void WriteMesh(Utf8JsonWriter json, HandMesh hand, int index)
    {
        json.WriteString("name", MeshFile.Name(hand, index));
        WriteList(json, "primitives", 1, (json, _) =>
        {
            json.WriteStartObject("attributes");
            json.WriteNumber("POSITION", AccessorsPerHand * index);
            json.WriteNumber("NORMAL", (AccessorsPerHand * index) + 1);
            json.WriteEndObject();
            json.WriteNumber("indices", (AccessorsPerHand * index) + 2);
            json.WriteNumber("material", 0);
        });
    }

    private static void WriteMaterial(Utf8JsonWriter json)
    {
        json.WriteString("name", "skin");
        json.WriteStartObject("pbrMetallicRoughness");
        WriteNumbers(json, "baseColorFactor", SkinColour);
        json.WriteNumber("metallicFactor", 0);
        json.WriteNumber("roughnessFactor", 0.6f);
        json.WriteEndObject();
        json.WriteBoolean("doubleSided", true); // some hand meshes are open at the wrist
    }

    private static void WriteAccessor(Utf8JsonWriter json, HandMesh hand, int accessor)
    {
        int part = accessor % AccessorsPerHand;
        json.WriteNumber("bufferView", accessor);
        json.WriteNumber("componentType", part < 2 ? Float : HasShortIndices(hand) ? UnsignedShort : UnsignedInt);
        json.WriteNumber("count", part < 2 ? hand.Vertices.Length : hand.Faces.Length);
        json.WriteString("type", part < 2 ? "VEC3" : "SCALAR");
        if (part == 0)
        {
            (Vector3 min, Vector3 max) = Bounds(hand.Vertices);
            WriteNumbers(json, "min", [min.X, min.Y, min.Z]);
            WriteNumbers(json, "max", [max.X, max.Y, max.Z]);
        }
    }

    private static int WriteBufferView(Utf8JsonWriter json, HandMesh hand, int part, int offset)
    {
        int bytes = part < 2 ? hand.Vertices.Length * 12 : IndexBytes(hand);
        json.WriteNumber("buffer", 0);
        json.WriteNumber("byteOffset", offset);
        json.WriteNumber("byteLength", bytes);
        json.WriteNumber("target", part < 2 ? ArrayBuffer : ElementArrayBuffer);
        return (offset + bytes + 3) & ~3;
    }

    private static (Vector3 Min, Vector3 Max) Bounds(ReadOnlySpan<Vector3> points)
    {
        Vector3 min = points[0], max = points[0];
        foreach (Vector3 point in points)
        {
            (min, max) = (Vector3.Min(min, point), Vector3.Max(max, point));
        }

        return (min, max);
    }

    private static void WriteList(Utf8JsonWriter json, string name, int count, Action<Utf8JsonWriter, int> writeItem)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < count; i++)
        {
            json.WriteStartObject();
            writeItem(json, i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
