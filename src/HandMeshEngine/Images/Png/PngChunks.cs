namespace HandMeshEngine.Images.Png;

/// <summary>Walks over the chunks of a PNG and checks each one's length and check sum.</summary>
internal ref struct PngChunks
{
    private const int Overhead = 12;
    private const uint EndType = 0x49454e44; // IEND
    private const uint AncillaryBit = 0x20000000;

    private readonly ReadOnlySpan<byte> _file;
    private int _next;

    /// <summary>Starts behind the signature.</summary>
    public PngChunks(ReadOnlySpan<byte> file)
    {
        _file = file;
        _next = Signature.Length;
    }

    /// <summary>The eight bytes that every PNG begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The chunk's name as a big-endian number.</summary>
    public uint Type { get; private set; }

    /// <summary>The chunk's content.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Where the content lies in the file.</summary>
    public int Offset { get; private set; }

    /// <summary>What was wrong with a chunk that no picture needs, or with the end of the file; null if nothing.</summary>
    public string? Flaw { get; private set; }

    /// <summary>The file ended within the chunk that <see cref="Next"/> went to; <see cref="Content"/> is what there is of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether a reader that does not know the chunk may pass over it.</summary>
    public readonly bool IsAncillary => (Type & AncillaryBit) != 0;

    /// <summary>The chunk's name, for messages.</summary>
    public readonly string Name
    {
        get
        {
            Span<byte> name = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(name, Type);
            return name.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexStringLower(name) : Encoding.ASCII.GetString(name);
        }
    }

    /// <summary>Goes to the next chunk. Ancillary ones with a wrong check sum are passed over with a note, as libpng does.</summary>
    /// <exception cref="ImageException">The file ends, or the chunk is damaged.</exception>
    public void Next()
    {
        while (!TryNext())
        {
            Flaw ??= $"the PNG chunk {Name} at byte {Offset - 8} has a wrong check sum and was passed over";
        }
    }

    /// <summary>Goes to the next chunk, or stands at the end of a file that ends too early.</summary>
    /// <exception cref="ImageException">The chunk is damaged.</exception>
    public void NextOrCut()
    {
        int left = _file.Length - _next;
        uint length = left < Overhead ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(_file[_next..]);
        if (left >= Overhead && length <= left - Overhead)
        {
            Next();
            return;
        }

        IsCut = true;
        Type = left < 8 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(_file[(_next + 4)..]);
        Offset = Math.Min(_next + 8, _file.Length);
        Content = _file[Offset..];
        Flaw = $"the PNG has no end chunk: it ends at byte {_file.Length}; the picture is whole";
    }

    private bool TryNext()
    {
        int left = _file.Length - _next;
        if (left < Overhead)
        {
            throw Truncated();
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(_file[_next..]);
        Type = BinaryPrimitives.ReadUInt32BigEndian(_file[(_next + 4)..]);
        Offset = _next + 8;
        if (length > left - Overhead)
        {
            throw Truncated();
        }

        Content = _file.Slice(Offset, (int)length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(_file[(Offset + (int)length)..]);
        bool isSound = Crc32.Compute(_file.Slice(Offset - 4, (int)length + 4)) == expected;
        if (!isSound && !IsAncillary && Type != EndType)
        {
            throw new ImageException($"the PNG chunk {Name} at byte {_next} has a wrong check sum; the file is damaged, get it again");
        }

        _next = Offset + (int)length + 4;
        if (!isSound && Type == EndType)
        {
            Flaw ??= $"the PNG chunk {Name} at byte {Offset - 8} has a wrong check sum; the picture is whole";
            return true;
        }

        return isSound;
    }

    /// <summary>What is thrown where the file ends before the picture does.</summary>
    public readonly ImageException Truncated() =>
        new($"the PNG is truncated: it ends at byte {_file.Length}, before the end of the chunk at byte {_next}; get the whole file");
}
