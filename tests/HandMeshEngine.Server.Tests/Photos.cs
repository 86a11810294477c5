using System.Buffers.Binary;

namespace HandMeshEngine.Server.Tests;

/// <summary>Pictures of the repository, as clients send them.</summary>
internal static class Photos
{
    public static byte[] Pointing { get; } = Read("pointing.jpg");

    public static byte[] Fist { get; } = Read("fist.jpg");

    public static byte[] Hook { get; } = Read("hook.jpg");

    /// <summary>A string tensor as the binary extension packs it.</summary>
    public static byte[] Pack(params byte[][] strings)
    {
        using var stream = new MemoryStream();
        byte[] length = new byte[4];
        foreach (byte[] text in strings)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            stream.Write(length);
            stream.Write(text);
        }

        return stream.ToArray();
    }

    /// <summary>A request with packed files and whatever else.</summary>
    public static JsonObject Request(byte[] packed, int images, params JsonNode[] others) => new()
    {
        ["inputs"] = new JsonArray([Packed("IMAGE", "BYTES", [images, 1], packed.Length), .. others]),
    };

    public static JsonObject Packed(string name, string type, int[] shape, int bytes) => new()
    {
        ["name"] = name,
        ["datatype"] = type,
        ["shape"] = JsonSerializer.SerializeToNode(shape),
        ["parameters"] = new JsonObject { ["binary_data_size"] = bytes },
    };

    public static JsonObject Tensor(string name, string type, int[] shape, params object?[] data) => new()
    {
        ["name"] = name,
        ["datatype"] = type,
        ["shape"] = JsonSerializer.SerializeToNode(shape),
        ["data"] = JsonSerializer.SerializeToNode(data),
    };

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(RepositoryFolder.Require(), "tests", "photos", name));
}
