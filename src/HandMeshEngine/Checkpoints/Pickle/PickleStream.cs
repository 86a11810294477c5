namespace HandMeshEngine.Checkpoints.Pickle;

/// <summary>
/// Bytes of a pickle, read forward. Several pickles may follow each other in one stream, with raw data in between.
/// </summary>
/// <param name="stream">Seekable, read from its current position up to <paramref name="end"/>.</param>
/// <param name="end">Position in the stream behind the last byte that may be read.</param>
/// <param name="file">File name for messages.</param>
/// <param name="entry">Entry inside an archive for messages, or null.</param>
/// <param name="limits">What the pickle may ask for.</param>
internal sealed class PickleStream(Stream stream, long end, string file, string? entry, CheckpointLimits limits)
{
    private readonly long _origin = stream.Position;
    private readonly byte[] _buffer = new byte[4096];
    private int _at;
    private long _spent;
    private int _filled;

    /// <summary>Offset of the next byte, counted from the file's start, or the entry's for a file inside an archive.</summary>
    public long Offset => stream.Position - (_filled - _at) - (entry is null ? 0 : _origin);

    /// <summary>File name for messages.</summary>
    public string File => file;

    /// <summary>Bytes left to read.</summary>
    public long Left => end - stream.Position + (_filled - _at);

    /// <summary>Reads one byte.</summary>
    public byte ReadByte()
    {
        if (_at == _filled)
        {
            Fill();
        }

        return _buffer[_at++];
    }

    /// <summary>Reads a little-endian number of 1 to 8 bytes, unsigned.</summary>
    public ulong ReadUnsigned(int bytes)
    {
        Span<byte> raw = stackalloc byte[8];
        raw.Clear();
        for (int i = 0; i < bytes; i++)
        {
            raw[i] = ReadByte();
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(raw);
    }

    /// <summary>Reads a block whose length the file announces.</summary>
    public byte[] ReadBlock(ulong length)
    {
        if (length > (ulong)Left || length > (ulong)Array.MaxLength)
        {
            throw Error($"{length} bytes are announced but {Left} are left: the file is cut off or damaged");
        }

        byte[] block = new byte[length];
        int buffered = (int)Math.Min(_filled - _at, (long)length);
        _buffer.AsSpan(_at, buffered).CopyTo(block);
        _at += buffered;
        stream.ReadExactly(block.AsSpan(buffered));
        return block;
    }

    /// <summary>Skips raw data.</summary>
    public void Skip(long length)
    {
        if (length < 0 || length > Left)
        {
            throw Error($"{length} bytes are announced but {Left} are left: the file is cut off or damaged");
        }

        long target = stream.Position - (_filled - _at) + length;
        _at = _filled = 0;
        stream.Position = target;
    }

    /// <summary>Reads text up to a line feed, which is consumed.</summary>
    public string ReadLine(int longest)
    {
        var line = new StringBuilder();
        for (byte next = ReadByte(); next != (byte)'\n'; next = ReadByte())
        {
            if (line.Length == longest)
            {
                throw Error($"a line is longer than the {longest} characters allowed here");
            }

            line.Append((char)next);
        }

        if (line.Length > 0 && line[^1] == '\r')
        {
            line.Length--;
        }

        return line.ToString();
    }

    /// <summary>Counts work, so that a small file cannot ask for much: an opcode, an item or 64 bytes copied count one.</summary>
    public void Spend(long work)
    {
        _spent += work;
        if (_spent > limits.PickleSteps)
        {
            throw Error($"the pickle asks for more than {limits.PickleSteps} steps, far more than any weights file (CheckpointLimits.PickleSteps)");
        }
    }

    /// <summary>An error at the current place.</summary>
    public CheckpointException Error(string problem, long? offset = null) => new(file, problem, entry, offset ?? Offset);

    private void Fill()
    {
        int wanted = (int)Math.Min(_buffer.Length, end - stream.Position);
        _filled = wanted <= 0 ? 0 : stream.Read(_buffer, 0, wanted);
        _at = 0;
        if (_filled == 0)
        {
            throw Error("the pickle ends too early: the file is cut off");
        }
    }
}
