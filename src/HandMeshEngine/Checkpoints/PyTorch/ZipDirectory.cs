namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>One entry of a zip archive.</summary>
/// <param name="Name">Name as stored.</param>
/// <param name="Offset">Where its data starts in the file.</param>
/// <param name="Bytes">Length of its data.</param>
/// <param name="Crc">Checksum of its data.</param>
/// <param name="IsPlain">Stored without compression and encryption, as PyTorch always does.</param>
internal sealed record ZipEntry(string Name, long Offset, long Bytes, uint Crc, bool IsPlain);

/// <summary>
/// The central directory of a zip archive, zip64 included. Entries that overlap, leave the file, repeat a name, or differ
/// from their local header are refused: such archives mean different things to different readers.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int CentralBytes = 46;
    private const int LocalBytes = 30;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="CheckpointException">The archive is damaged or ambiguous.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(Stream stream, string file, CheckpointLimits limits)
    {
        (long start, long bytes, long count) = FindDirectory(stream, file);
        if (count > limits.Entries || bytes > limits.HeaderBytes || bytes < count * CentralBytes)
        {
            throw new CheckpointException(
                file,
                $"the zip directory announces {count} entries in {bytes} bytes; at most {limits.Entries} entries and {limits.HeaderBytes} bytes are read",
                offset: start);
        }

        byte[] directory = ReadAt(stream, start, (int)bytes, file);
        var placed = new List<(long Start, ZipEntry Entry)>();
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            placed.Add(ReadEntry(stream, file, directory, ref at, start));
        }

        if (at != directory.Length)
        {
            throw new CheckpointException(file, "the zip directory is longer than its entries", offset: start + at);
        }

        return Index(placed, start, file);
    }

    private static Dictionary<string, ZipEntry> Index(List<(long Start, ZipEntry Entry)> placed, long directory, string file)
    {
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        long free = 0;
        foreach ((long start, ZipEntry entry) in placed.OrderBy(pair => pair.Start))
        {
            if (start < free)
            {
                throw new CheckpointException(file, "the entry overlaps the one before it", entry.Name, start);
            }

            free = entry.Offset + entry.Bytes;
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw new CheckpointException(file, "the name occurs twice in the zip directory", entry.Name, start);
            }
        }

        return free <= directory
            ? entries
            : throw new CheckpointException(file, "the last zip entry overlaps the directory: the file is damaged or cut off", offset: directory);
    }

    private static (long Start, ZipEntry Entry) ReadEntry(Stream stream, string file, byte[] directory, ref int at, long directoryStart)
    {
        long place = directoryStart + at;
        if (at + CentralBytes > directory.Length || Int(directory, at) != 0x02014b50)
        {
            throw new CheckpointException(file, "the zip directory is damaged", offset: place);
        }

        int flags = Short(directory, at + 8);
        int method = Short(directory, at + 10);
        uint crc = Int(directory, at + 16);
        int nameBytes = Short(directory, at + 28);
        int extraBytes = Short(directory, at + 30);
        int next = at + CentralBytes + nameBytes + extraBytes + Short(directory, at + 32);
        if (next > directory.Length)
        {
            throw new CheckpointException(file, "the zip directory is cut off", offset: place);
        }

        ReadOnlySpan<byte> name = directory.AsSpan(at + CentralBytes, nameBytes);
        long[] sizes = [Int(directory, at + 24), Int(directory, at + 20), Int(directory, at + 42)];
        Widen(sizes, directory.AsSpan(at + CentralBytes + nameBytes, extraBytes), file, place);
        (long bytes, long packed, long local) = (sizes[0], sizes[1], sizes[2]);
        bool plain = method == 0 && (flags & 1) == 0 && bytes == packed;
        string text = Encoding.UTF8.GetString(name);
        byte[] header = ReadAt(stream, local, LocalBytes, file);
        int localName = Short(header, 26);
        if (Int(header, 0) != 0x04034b50 || Short(header, 8) != method
            || !ReadAt(stream, local + LocalBytes, localName, file).AsSpan().SequenceEqual(name))
        {
            throw new CheckpointException(file, "the entry's local header is damaged or differs from the zip directory", text, local);
        }

        long data = local + LocalBytes + localName + Short(header, 28);
        if (packed < 0 || data > stream.Length - packed)
        {
            throw new CheckpointException(file, "the entry leaves the file: it is damaged or cut off", text, local);
        }

        at = next;
        return (local, new ZipEntry(text, data, packed, crc, plain));
    }

    // Sizes and offset that do not fit 32 bits lie in the zip64 extra field, in this order.
    private static void Widen(long[] sizes, ReadOnlySpan<byte> extra, string file, long place)
    {
        if (!sizes.Contains(uint.MaxValue))
        {
            return;
        }

        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (4 + length > extra.Length)
            {
                break;
            }

            if (id == 1)
            {
                ReadOnlySpan<byte> wide = extra.Slice(4, length);
                for (int i = 0; i < sizes.Length && wide.Length >= 8; i++)
                {
                    if (sizes[i] == uint.MaxValue)
                    {
                        sizes[i] = BinaryPrimitives.ReadInt64LittleEndian(wide);
                        wide = wide[8..];
                    }
                }

                break;
            }

            extra = extra[(4 + length)..];
        }

        if (sizes.Any(size => size is < 0 or uint.MaxValue))
        {
            throw new CheckpointException(file, "a zip64 size is missing or damaged", offset: place);
        }
    }

    private static (long Start, long Bytes, long Count) FindDirectory(Stream stream, string file)
    {
        // The end record is followed by a comment of at most 64 KiB; PyTorch writes none.
        int tailBytes = (int)Math.Min(stream.Length, EndBytes + ushort.MaxValue);
        byte[] tail = ReadAt(stream, stream.Length - tailBytes, tailBytes, file);
        for (int at = tailBytes - EndBytes; at >= 0; at--)
        {
            if (Int(tail, at) != 0x06054b50 || at + EndBytes + Short(tail, at + 20) != tailBytes)
            {
                continue;
            }

            long end = stream.Length - tailBytes + at;
            (long start, long bytes, long count) = (Int(tail, at + 16), Int(tail, at + 12), Short(tail, at + 10));
            if (start == uint.MaxValue || bytes == uint.MaxValue || count == ushort.MaxValue)
            {
                byte[] locator = ReadAt(stream, end - 20, 20, file);
                byte[] wide = Int(locator, 0) == 0x07064b50
                    ? ReadAt(stream, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)), 56, file)
                    : new byte[56];
                if (Int(wide, 0) != 0x06064b50)
                {
                    throw new CheckpointException(file, "the zip64 end record is missing or damaged", offset: end);
                }

                (count, bytes, start) = (
                    BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(32)),
                    BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(40)),
                    BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48)));
            }

            if (start < 0 || bytes < 0 || count < 0 || start > end || bytes > end - start)
            {
                throw new CheckpointException(file, "the zip directory does not lie inside the file", offset: end);
            }

            return (start, bytes, count);
        }

        throw new CheckpointException(file, "the zip archive has no end record: the file is cut off", offset: stream.Length);
    }

    private static byte[] ReadAt(Stream stream, long at, int bytes, string file)
    {
        if (at < 0 || at > stream.Length - bytes)
        {
            throw new CheckpointException(file, $"the zip archive points at {bytes} bytes outside the file: it is damaged or cut off", offset: at);
        }

        byte[] block = new byte[bytes];
        stream.Position = at;
        stream.ReadExactly(block);
        return block;
    }

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Int(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
