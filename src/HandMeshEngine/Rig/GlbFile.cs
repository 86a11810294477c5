using System.Runtime.InteropServices;
using System.Text.Json;

namespace HandMeshEngine.Rig;

/// <summary>
/// Just enough glTF 2.0 binary to read the rig that this assembly carries: JSON chunk, binary chunk, tightly packed
/// accessors. The files are ours, so anything unexpected is a defect of the build, not bad input.
/// </summary>
internal sealed class GlbFile
{
    private const uint Magic = 0x46546C67; // "glTF"
    private const int ChunkHeader = 8;
    private const int FirstChunk = 12;

    private readonly JsonElement _root;
    private readonly ReadOnlyMemory<byte> _binary;

    /// <summary>Takes a whole file apart.</summary>
    /// <exception cref="InvalidDataException">It is not a GLB file with the two usual chunks.</exception>
    public GlbFile(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < FirstChunk + ChunkHeader || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException("the embedded rig is not a GLB file; rebuild the library");
        }

        int jsonLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[FirstChunk..]);
        int json = FirstChunk + ChunkHeader;
        int binaryLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[(json + jsonLength)..]);
        _root = JsonDocument.Parse(file.Slice(json, jsonLength)).RootElement;
        _binary = file.Slice(json + jsonLength + ChunkHeader, binaryLength);
    }

    /// <summary>The first primitive of every mesh.</summary>
    public JsonElement[] Primitives =>
        [.. _root.GetProperty("meshes").EnumerateArray().Select(mesh => mesh.GetProperty("primitives")[0])];

    /// <summary>The first skin.</summary>
    public JsonElement Skin => _root.GetProperty("skins")[0];

    /// <summary>Names of the skin's bones in skin order.</summary>
    public string[] BoneNames()
    {
        JsonElement nodes = _root.GetProperty("nodes");
        return [.. Skin.GetProperty("joints").EnumerateArray().Select(joint => nodes[joint.GetInt32()].GetProperty("name").GetString()!)];
    }

    /// <summary>The elements of an accessor.</summary>
    /// <param name="accessor">Its index.</param>
    /// <exception cref="InvalidDataException"><typeparamref name="T"/> is not as large as the file's element.</exception>
    public ReadOnlySpan<T> Read<T>(JsonElement accessor)
        where T : unmanaged
    {
        JsonElement description = _root.GetProperty("accessors")[accessor.GetInt32()];
        JsonElement view = _root.GetProperty("bufferViews")[description.GetProperty("bufferView").GetInt32()];
        int size = ComponentSize(description) * Components(description);
        if (size != Marshal.SizeOf<T>() || view.TryGetProperty("byteStride", out _))
        {
            throw new InvalidDataException($"accessor {accessor} of the embedded rig does not hold packed {typeof(T).Name} elements");
        }

        int offset = Offset(view) + Offset(description);
        return MemoryMarshal.Cast<byte, T>(_binary.Span.Slice(offset, size * description.GetProperty("count").GetInt32()));
    }

    private static int Offset(JsonElement element) =>
        element.TryGetProperty("byteOffset", out JsonElement offset) ? offset.GetInt32() : 0;

    private static int ComponentSize(JsonElement accessor) => accessor.GetProperty("componentType").GetInt32() switch
    {
        5120 or 5121 => 1,
        5122 or 5123 => 2,
        5125 or 5126 => 4,
        int other => throw new InvalidDataException($"the embedded rig has the unknown component type {other}"),
    };

    private static int Components(JsonElement accessor) => accessor.GetProperty("type").GetString() switch
    {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" => 4,
        "MAT4" => 16,
        string other => throw new InvalidDataException($"the embedded rig has the unknown element type {other}"),
        null => throw new InvalidDataException("the embedded rig has an accessor without a type"),
    };
}
