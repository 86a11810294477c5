namespace HandMeshEngine.Checkpoints.Tflite;

/// <summary>One table of a FlatBuffer. Every access is checked against the file's end.</summary>
/// <remarks>
/// A table at p starts with an int32: its vtable lies at p minus that. The vtable is [bytes of vtable, bytes of table,
/// offset of field 0, offset of field 1, ...] as uint16; an offset of 0, or a field beyond the vtable, means the default.
/// Vectors, strings and tables are stored as a uint32 relative to its own position.
/// </remarks>
internal readonly struct FlatTable
{
    private readonly byte[] _bytes;
    private readonly string _file;
    private readonly int _vtable;
    private readonly int _vtableBytes;

    private FlatTable(byte[] bytes, string file, long position)
    {
        _bytes = bytes;
        _file = file;
        Position = Checked(position, 4);
        _vtable = Checked(position - BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Position)), 4);
        _vtableBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(_vtable));
        Checked(_vtable, _vtableBytes);
    }

    /// <summary>Byte offset in the file.</summary>
    public int Position { get; }

    /// <summary>The table that the uint32 at the start of the file points at.</summary>
    public static FlatTable Root(byte[] bytes, string file)
    {
        if (bytes.Length < 8)
        {
            throw new CheckpointException(file, "the file ends inside its header: it is cut off", offset: bytes.Length);
        }

        return new FlatTable(bytes, file, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
    }

    public byte Byte(int field, byte absent = 0) => Field(field, 1) is int at ? _bytes[at] : absent;

    /// <summary>A 32-bit field.</summary>
    public int Int32(int field, int absent = 0) =>
        Field(field, 4) is int at ? BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at)) : absent;

    /// <summary>A 64-bit field.</summary>
    public long Int64(int field) =>
        Field(field, 8) is int at ? BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(at)) : 0;

    public FlatTable? Table(int field) => Target(field) is long at ? new FlatTable(_bytes, _file, at) : null;

    /// <summary>A vector of tables; absent means empty.</summary>
    public FlatTable[] Tables(int field, int most)
    {
        (int at, int count) = Vector(field, 4, most);
        var tables = new FlatTable[count];
        for (int i = 0; i < count; i++)
        {
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at + (4 * i)));
            tables[i] = new FlatTable(_bytes, _file, at + (4L * i) + offset);
        }

        return tables;
    }

    /// <summary>A vector of 32-bit numbers; absent means empty.</summary>
    public int[] Int32s(int field, int most)
    {
        (int at, int count) = Vector(field, 4, most);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at + (4 * i)));
        }

        return numbers;
    }

    /// <summary>A vector of bytes, not copied; absent means empty.</summary>
    public Memory<byte> Bytes(int field)
    {
        (int at, int count) = Vector(field, 1, int.MaxValue);
        return _bytes.AsMemory(at, count);
    }

    /// <summary>A text field; absent means empty. Damaged UTF-8 is replaced, not refused: names are for messages only.</summary>
    public string Text(int field, int most)
    {
        (int at, int count) = Vector(field, 1, most);
        return Encoding.UTF8.GetString(_bytes, at, count);
    }

    private (int At, int Count) Vector(int field, int elementBytes, int most)
    {
        if (Target(field) is not long target)
        {
            return (0, 0);
        }

        int at = Checked(target, 4);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));
        if (count > (uint)most)
        {
            throw new CheckpointException(_file, $"a vector of {count} elements is longer than the {most} allowed here", offset: at);
        }

        return (Checked(at + 4L, count * elementBytes), (int)count);
    }

    // The position that an offset field points at.
    private long? Target(int field) =>
        Field(field, 4) is int at ? at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at)) : null;

    private int? Field(int field, int bytes)
    {
        int slot = 4 + (2 * field);
        if (slot + 2 > _vtableBytes)
        {
            return null;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(_vtable + slot));
        return offset == 0 ? null : Checked((long)Position + offset, bytes);
    }

    private int Checked(long position, long bytes)
    {
        if (position < 0 || position + bytes > _bytes.Length)
        {
            throw new CheckpointException(
                _file, $"something of {bytes} bytes is said to lie outside the file's {_bytes.Length}: the file is damaged", offset: position);
        }

        return (int)position;
    }
}
