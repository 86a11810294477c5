using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>The parts of a glTF 2.0 binary file that do not depend on what it shows: chunks, and accessors that fill the binary one.</summary>
internal sealed class GlbContainer
{
    /// <summary>Component type of joint indices.</summary>
    public const int UnsignedByte = 5121;

    /// <summary>Component type of short indices.</summary>
    public const int UnsignedShort = 5123;

    /// <summary>Component type of long indices.</summary>
    public const int UnsignedInt = 5125;

    /// <summary>Component type of everything else.</summary>
    public const int Float = 5126;

    /// <summary>What a buffer view of vertex attributes is for.</summary>
    public const int ArrayBuffer = 34962;

    /// <summary>What a buffer view of indices is for.</summary>
    public const int ElementArrayBuffer = 34963;

    private const uint Magic = 0x46546C67; // "glTF"
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;

    private readonly ArrayBufferWriter<byte> _binary = new();
    private readonly List<Accessor> _accessors = [];

    /// <summary>Adds an accessor with a buffer view of its own.</summary>
    /// <param name="values">Packed elements.</param>
    /// <param name="componentType">Of one component.</param>
    /// <param name="type">glTF's name of an element.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="target">What the view is for; 0 for what no vertex reads.</param>
    /// <param name="bounds">Least, then greatest value of each component; empty if the format does not ask for them.</param>
    /// <returns>The accessor's index.</returns>
    /// <exception cref="ArgumentException">The file would be larger than 2 GB.</exception>
    public int Add(ReadOnlySpan<byte> values, int componentType, string type, int count, int target = 0, float[]? bounds = null)
    {
        const int most = int.MaxValue - (64 << 20);
        if (_binary.WrittenCount > most - values.Length)
        {
            throw new ArgumentException("a GLB file ends at 2 GB; write shorter clips");
        }

        _accessors.Add(new Accessor(_binary.WrittenCount, values.Length, componentType, type, count, target, bounds ?? []));
        _binary.Write(values);
        Pad(_binary, 0);
        return _accessors.Count - 1;
    }

    /// <summary>Points with their bounds.</summary>
    public int AddPoints(ReadOnlySpan<Vector3> points, int target, bool withBounds)
    {
        float[] bounds = [];
        if (withBounds)
        {
            Vector3 low = points[0], high = points[0];
            foreach (Vector3 point in points)
            {
                (low, high) = (Vector3.Min(low, point), Vector3.Max(high, point));
            }

            bounds = [low.X, low.Y, low.Z, high.X, high.Y, high.Z];
        }

        return Add(MemoryMarshal.AsBytes(points), Float, "VEC3", points.Length, target, bounds);
    }

    /// <summary>Vertex indices, short where they fit.</summary>
    public int AddIndices(ReadOnlySpan<int> faces, int vertices)
    {
        if (vertices > ushort.MaxValue)
        {
            return Add(MemoryMarshal.AsBytes(faces), UnsignedInt, "SCALAR", faces.Length, ElementArrayBuffer);
        }

        ushort[] indices = new ushort[faces.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = (ushort)faces[i];
        }

        return Add(MemoryMarshal.AsBytes(indices.AsSpan()), UnsignedShort, "SCALAR", indices.Length, ElementArrayBuffer);
    }

    /// <summary>Times of an animation's keys, seconds, increasing.</summary>
    public int AddTimes(ReadOnlySpan<float> times) =>
        Add(MemoryMarshal.AsBytes(times), Float, "SCALAR", times.Length, bounds: [times[0], times[^1]]);

    /// <summary>Writes accessors, buffer views and the buffer into the document.</summary>
    public void WriteTables(Utf8JsonWriter json)
    {
        WriteList(json, "accessors", _accessors.Count, (json, i) =>
        {
            Accessor accessor = _accessors[i];
            json.WriteNumber("bufferView", i);
            json.WriteNumber("componentType", accessor.ComponentType);
            json.WriteNumber("count", accessor.Count);
            json.WriteString("type", accessor.Type);
            int half = accessor.Bounds.Length / 2;
            if (half > 0)
            {
                WriteNumbers(json, "min", accessor.Bounds.AsSpan(0, half));
                WriteNumbers(json, "max", accessor.Bounds.AsSpan(half));
            }
        });
        WriteList(json, "bufferViews", _accessors.Count, (json, i) =>
        {
            json.WriteNumber("buffer", 0);
            json.WriteNumber("byteOffset", _accessors[i].Offset);
            json.WriteNumber("byteLength", _accessors[i].Bytes);
            if (_accessors[i].Target != 0)
            {
                json.WriteNumber("target", _accessors[i].Target);
            }
        });
        WriteList(json, "buffers", 1, (json, _) => json.WriteNumber("byteLength", _binary.WrittenCount));
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="writeDocument">Writes the members of the document, <see cref="WriteTables"/> among them.</param>
    public void Write(Stream stream, Action<Utf8JsonWriter> writeDocument)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("asset");
            writer.WriteString("version", "2.0");
            writer.WriteString("generator", "HandMeshEngine");
            writer.WriteEndObject();
            writeDocument(writer);
            writer.WriteEndObject();
        }

        Pad(json, (byte)' ');
        Span<byte> header = stackalloc byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 12 + 8 + json.WrittenCount + 8 + _binary.WrittenCount);
        WriteChunkHeader(header[12..], json.WrittenCount, JsonChunk);
        stream.Write(header);
        stream.Write(json.WrittenSpan);
        WriteChunkHeader(header, _binary.WrittenCount, BinaryChunk);
        stream.Write(header[..8]);
        stream.Write(_binary.WrittenSpan);
    }

    /// <summary>The one material: a light skin tone.</summary>
    public static void WriteMaterial(Utf8JsonWriter json)
    {
        // Linear RGB of sRGB 226, 178, 150.
        ReadOnlySpan<float> skinColour = [0.76f, 0.445f, 0.305f, 1f];
        json.WriteString("name", "skin");
        json.WriteStartObject("pbrMetallicRoughness");
        WriteNumbers(json, "baseColorFactor", skinColour);
        json.WriteNumber("metallicFactor", 0);
        json.WriteNumber("roughnessFactor", 0.6f);
        json.WriteEndObject();
        json.WriteBoolean("doubleSided", true); // some hand meshes are open at the wrist
    }

    /// <summary>Writes an array of objects.</summary>
    public static void WriteList(Utf8JsonWriter json, string name, int count, Action<Utf8JsonWriter, int> writeItem)
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

    /// <summary>Writes an array of numbers.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of indices.</summary>
    public static void WriteIndices(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
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

    private readonly record struct Accessor(int Offset, int Bytes, int ComponentType, string Type, int Count, int Target, float[] Bounds);
}
