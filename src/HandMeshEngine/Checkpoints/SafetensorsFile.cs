namespace HandMeshEngine.Checkpoints;

/// <summary>
/// Reads and writes safetensors files, the engine's one container for weights, tables and parity cases: eight bytes of
/// header length, a JSON header, the tensors' bytes, little endian.
/// </summary>
/// <remarks>
/// Element types F32 F16 BF16 F64 I8 I16 I32 I64 U8 BOOL. Nothing is trusted: sizes and ranges are checked before
/// anything is allocated, and a damaged file is refused whole.
/// </remarks>
public static class SafetensorsFile
{
    private const int Chunk = 1 << 20;

    /// <summary>Reads every tensor of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may ask for; null for <see cref="CheckpointLimits.Default"/>.</param>
    /// <exception cref="CheckpointException">The file cannot be opened, is not a sound safetensors file, or asks for more than the limits.</exception>
    public static TensorMap Read(string path, CheckpointLimits? limits = null)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads every tensor from a stream, which must end where the data ends.</summary>
    /// <param name="stream">Positioned at the file's first byte; not closed. Need not be seekable.</param>
    /// <param name="source">What to call it in error messages.</param>
    /// <param name="limits">What it may ask for; null for <see cref="CheckpointLimits.Default"/>.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or was disposed.</exception>
    /// <exception cref="CheckpointException">This is not a sound safetensors file, or it asks for more than the limits.</exception>
    public static TensorMap Read(Stream stream, string source, CheckpointLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        if (!stream.CanRead)
        {
            throw new ArgumentException($"{source} cannot be read: the stream is closed, or open for writing only", nameof(stream));
        }

        limits ??= CheckpointLimits.Default;
        long? left = stream.CanSeek ? stream.Length - stream.Position : null;
        limits.CheckFile(source, left ?? 0);
        SafetensorsHeader header = ReadHeader(stream, source, left, limits);
        limits.CheckFile(source, header.DataLength);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (SafetensorsHeader.Entry entry in header.Entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            byte[] bytes = ReadBytes(stream, entry.End - entry.Begin, left is not null, source, entry.Name);
            CheckBooleans(entry, bytes, source);
            tensors.Add(entry.Name, new Tensor(entry.Type, entry.Shape, bytes));
        }

        if (left is null && stream.ReadByte() >= 0)
        {
            throw new CheckpointException(source, "bytes follow the last tensor");
        }

        var map = new TensorMap(source);
        foreach ((string key, string value) in header.Metadata)
        {
            map.Metadata.Add(key, value);
        }

        foreach (SafetensorsHeader.Entry entry in header.Entries)
        {
            map.Add(entry.Name, tensors[entry.Name]);
        }

        return map;
    }

    /// <summary>Writes a file: first under a temporary name beside it, then renamed, so it appears whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string path, TensorMap tensors) =>
        AtomicFile.Write(path, tensors, static (stream, what) => Write(stream, what));

    /// <summary>Writes to a stream, which is not closed.</summary>
    /// <remarks>The widest element types come first in the data, so that every tensor is aligned; the header keeps the map's order.</remarks>
    public static void Write(Stream stream, TensorMap tensors)
    {
        List<KeyValuePair<string, Tensor>> placed = [.. tensors.OrderByDescending(pair => pair.Value.Type.Size())];
        byte[] header = SafetensorsHeaderWriter.Compose(tensors, placed);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, Tensor tensor) in placed)
        {
            stream.Write(tensor.Bytes);
        }
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string source, long? left, CheckpointLimits limits)
    {
        byte[] prefix = ReadBytes(stream, 8, sizeKnown: true, source, null);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length <= (ulong)Math.Max(0, (left ?? long.MaxValue) - 8) && length > (ulong)limits.HeaderBytes)
        {
            throw new CheckpointException(
                source, $"its header of {length} bytes is larger than the limit of {limits.HeaderBytes} (CheckpointLimits.HeaderBytes)", offset: 0);
        }

        if (length > (ulong)limits.HeaderBytes || (left is long all && length > (ulong)(all - 8)))
        {
            throw new CheckpointException(
                source, $"this is not a safetensors file, or it is cut off: its first 8 bytes announce a header of {length} bytes", offset: 0);
        }

        byte[] json = ReadBytes(stream, (long)length, left is not null, source, null);
        return SafetensorsHeader.Parse(json, source, left - 8 - (long)length, limits);
    }

    // A size that the stream's length confirms is allocated at once; otherwise memory grows only as bytes arrive.
    private static byte[] ReadBytes(Stream stream, long size, bool sizeKnown, string source, string? tensor)
    {
        if (size > Array.MaxLength)
        {
            throw new CheckpointException(source, $"a tensor of {size} bytes is too large", tensor);
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)(sizeKnown ? size : Math.Min(size, Chunk))); // filled to the end or refused
        int filled = 0;
        while (filled < size)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(size, 2L * bytes.Length));
            }

            int read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
            {
                throw new CheckpointException(source, $"the file ends {size - filled} bytes too early: it is cut off", tensor);
            }

            filled += read;
        }

        return bytes;
    }

    private static void CheckBooleans(SafetensorsHeader.Entry entry, byte[] bytes, string source)
    {
        if (entry.Type == DType.Bool && bytes.AsSpan().ContainsAnyExcept((byte)0, (byte)1))
        {
            throw new CheckpointException(source, "a BOOL tensor holds a byte other than 0 and 1", entry.Name);
        }
    }
}
