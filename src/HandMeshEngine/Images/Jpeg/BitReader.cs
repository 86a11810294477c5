namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// Reads bits, most significant first, from entropy-coded bytes whose stuffing was removed and which are followed by
/// <see cref="Padding"/> zeros. Running into the padding is noticed afterwards, by <see cref="Overran"/>.
/// </summary>
internal ref struct BitReader
{
    /// <summary>
    /// Zeros behind the data. One block takes at most 64 codes of 16 bits with 16 further bits each, 256 bytes, and
    /// <see cref="Overran"/> is asked after each block.
    /// </summary>
    public const int Padding = 512;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private ulong _bits;
    private int _count;

    /// <summary>A reader at the first bit.</summary>
    /// <param name="bytes">The data and its padding.</param>
    public BitReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Whether more bits were taken than the data holds.</summary>
    public readonly bool Overran => BitsTaken > 8L * (_bytes.Length - Padding);

    /// <summary>Whether the next code may reach into the padding.</summary>
    public readonly bool SawEnd => BitsTaken + 16 > 8L * (_bytes.Length - Padding);

    /// <summary>Bytes begun so far.</summary>
    public readonly int BytesTaken => (int)((BitsTaken + 7) >> 3);

    /// <summary>The next 64 bits, of which as many are true as <see cref="Ensure32"/> promised.</summary>
    public readonly ulong Bits => _bits;

    private readonly long BitsTaken => (8L * _next) - _count;

    /// <summary>Makes at least 32 bits available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ensure32()
    {
        if (_count < 32)
        {
            // Bits beyond the counted ones may already be there; they are the same ones and are merged again.
            _bits |= BinaryPrimitives.ReadUInt64BigEndian(_bytes[_next..]) >> _count;
            _next += (63 - _count) >> 3;
            _count |= 56;
        }
    }

    /// <summary>Takes bits that were looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
    }

    /// <summary>Takes 1 to 16 bits as an unsigned number; they must be available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        int value = (int)(_bits >> (64 - count));
        Skip(count);
        return value;
    }

    /// <summary>Takes 1 to 15 bits as a signed number in JPEG's code (T.81 figure F.12); they must be available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int count)
    {
        int value = Take(count);
        return value + (((value - (1 << (count - 1))) >> 31) & (1 - (1 << count)));
    }

    /// <summary>Takes a run of zeros and the coefficient behind it; 32 bits must be available.</summary>
    /// <param name="table">The AC code.</param>
    /// <param name="value">The coefficient, or 0 if the code names only a run.</param>
    /// <returns>The length of the run, or -1 if no code begins with these bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeRun(HuffmanTable table, out int value)
    {
        int entry = table.Lookup[(int)(_bits >> (64 - HuffmanTable.LookupBits))];
        value = entry >> 16;
        if (value != 0)
        {
            Skip(entry & 0xff);
            return (entry >> 8) & 0xff;
        }

        int symbol = TakeSymbol(table);
        if ((symbol & 15) != 0 && symbol > 0)
        {
            value = TakeSigned(symbol & 15);
        }

        return symbol >> 4;
    }

    /// <summary>Takes one Huffman code; 16 bits must be available.</summary>
    /// <returns>The symbol, or -1 if no code begins with these bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSymbol(HuffmanTable table)
    {
        int entry = table.Symbol(_bits);
        Skip(entry & 0xff);
        return entry >> 8;
    }
}
