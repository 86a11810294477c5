namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>The plain files of a tar archive.</summary>
internal static class TarDirectory
{
    private const int Block = 512;
    private const int MostMembers = 10_000;

    /// <summary>Offset and length of every plain file by name; other kinds of members are passed over.</summary>
    /// <exception cref="CheckpointException">A header is damaged, a member leaves the file, or a name occurs twice.</exception>
    public static IReadOnlyDictionary<string, (long Offset, long Bytes)> Read(Stream stream, string file)
    {
        var members = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        byte[] header = new byte[Block];
        long at = 0;
        for (int number = 0; at <= stream.Length - Block; number++)
        {
            stream.Position = at;
            stream.ReadExactly(header);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                return members;
            }

            long bytes = Octal(header.AsSpan(124, 12));
            if (Octal(header.AsSpan(148, 8)) != Checksum(header) || bytes < 0 || number == MostMembers)
            {
                throw new CheckpointException(file, "a tar header is damaged", offset: at);
            }

            string name = Text(header.AsSpan(0, 100));
            if (bytes > stream.Length - at - Block)
            {
                throw new CheckpointException(file, $"the tar member has {bytes} bytes, more than the file: it is cut off", name, at);
            }

            bool isFile = header[156] is 0 or (byte)'0';
            if (isFile && !members.TryAdd(name, (at + Block, bytes)))
            {
                throw new CheckpointException(file, "the name occurs twice in the tar archive", name, at);
            }

            at += Block + ((bytes + Block - 1) / Block * Block);
        }

        throw new CheckpointException(file, "the tar archive has no end mark: the file is cut off", offset: at);
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        bool digits = false;
        foreach (byte b in field)
        {
            if (b is >= (byte)'0' and <= (byte)'7')
            {
                value = (value * 8) + (b - '0');
                digits = true;
            }
            else if (digits || b is not ((byte)' ' or 0))
            {
                return b is (byte)' ' or 0 ? value : -1;
            }
        }

        return digits ? value : -1;
    }

    // The sum of the header's bytes with the checksum field read as spaces.
    private static long Checksum(byte[] header)
    {
        long sum = 0;
        for (int i = 0; i < header.Length; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        }

        return sum;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
