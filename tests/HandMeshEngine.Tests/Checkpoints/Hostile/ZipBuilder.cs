using HandMeshEngine.Checkpoints.PyTorch;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Writes stored zip archives whose every field a test may falsify.</summary>
internal sealed class ZipBuilder
{
    private readonly List<byte> _file = [];
    private readonly List<byte> _directory = [];
    private int _count;

    /// <summary>A PyTorch archive: the pickle and one storage of floats.</summary>
    public static byte[] Torch(byte[] pickle, int floats = 4) =>
        new ZipBuilder().Add("a/data.pkl", pickle).Add("a/data/0", new byte[4 * floats]).Add("a/version", "3\n"u8.ToArray()).Finish();

    /// <summary>Adds an entry; optional arguments falsify its headers.</summary>
    public ZipBuilder Add(
        string name, byte[] data, string? localName = null, int method = 0, int flags = 0, uint? crc = null, long? size = null, long? packed = null, long? offset = null)
    {
        long start = offset ?? _file.Count;
        byte[] local = Encoding.UTF8.GetBytes(localName ?? name);
        _file.AddRange(Fields("PK\x3\x4"u8, (20, 2), (flags, 2), (method, 2), (0, 4), (crc ?? Crc32.Compute(data), 4), (data.Length, 4), (data.Length, 4), (local.Length, 2), (0, 2)));
        _file.AddRange(local);
        _file.AddRange(data);
        byte[] central = Encoding.UTF8.GetBytes(name);
        _directory.AddRange(Fields(
            "PK\x1\x2"u8, (20, 2), (20, 2), (flags, 2), (method, 2), (0, 4), (crc ?? Crc32.Compute(data), 4), (packed ?? data.Length, 4), (size ?? data.Length, 4),
            (central.Length, 2), (0, 2), (0, 2), (0, 2), (0, 2), (0, 4), (start, 4)));
        _directory.AddRange(central);
        _count++;
        return this;
    }

    /// <summary>The archive; optional arguments falsify the end record.</summary>
    public byte[] Finish(int? count = null, long? directoryStart = null, long? directoryBytes = null, int comment = 0)
    {
        byte[] end = Fields(
            "PK\x5\x6"u8, (0, 2), (0, 2), (count ?? _count, 2), (count ?? _count, 2), (directoryBytes ?? _directory.Count, 4), (directoryStart ?? _file.Count, 4), (comment, 2));
        return [.. _file, .. _directory, .. end];
    }

    private static byte[] Fields(ReadOnlySpan<byte> signature, params ReadOnlySpan<(long Value, int Bytes)> fields)
    {
        var bytes = new List<byte>([.. signature]);
        Span<byte> raw = stackalloc byte[8];
        foreach ((long value, int length) in fields)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw, value);
            bytes.AddRange(raw[..length]);
        }

        return [.. bytes];
    }
}
