namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// A Huffman code with a lookup table over its next <see cref="LookupBits"/> bits that yields, where they suffice, not
/// only the symbol but the coefficient behind it.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>10 bits hold nearly every code with its coefficient, and four tables still fit the first-level cache.</summary>
    public const int LookupBits = 10;

    private const int MaxBits = 16;
    private const int NoCode = -1 << 8;

    private readonly int[] _lookup = new int[1 << LookupBits];
    private readonly uint[] _limit = new uint[MaxBits + 1];
    private readonly int[] _offset = new int[MaxBits + 1];
    private readonly byte[] _counts = new byte[MaxBits];
    private readonly byte[] _values = new byte[256];
    private bool _built;

    /// <summary>Whether a code was defined since the last <see cref="Clear"/>.</summary>
    public bool IsDefined { get; private set; }

    /// <summary>
    /// By the next <see cref="LookupBits"/> bits. If bits 16 to 31 are not zero they are a coefficient that follows a run
    /// of zeros, bits 8 to 15, and bits 0 to 7 count the bits of it all. Else bits 8 to 15 are a symbol whose code has as
    /// many bits as bits 0 to 7 say. Zero: the code is longer.
    /// </summary>
    public ReadOnlySpan<int> Lookup => _lookup;

    /// <summary>Forgets the code (a new file begins).</summary>
    public void Clear() => IsDefined = false;

    /// <summary>Defines the code; cheap if it is the one that this table held before.</summary>
    /// <param name="counts">Number of codes of 1 to 16 bits.</param>
    /// <param name="values">Their symbols, at most 256.</param>
    /// <returns>False if there are more codes than bits can tell apart.</returns>
    public bool Define(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        if (_built && counts.SequenceEqual(_counts) && values.SequenceEqual(_values.AsSpan(0, values.Length)))
        {
            IsDefined = true;
            return true;
        }

        IsDefined = false;
        _built = false;
        uint code = 0;
        int index = 0;
        for (int length = 1; length <= MaxBits; length++)
        {
            _offset[length] = index - (int)code;
            code += counts[length - 1];
            index += counts[length - 1];
            if (code > 1u << length)
            {
                return false;
            }

            _limit[length] = code << (MaxBits - length);
            code <<= 1;
        }

        counts.CopyTo(_counts);
        values.CopyTo(_values);
        IsDefined = true;
        return true;
    }

    /// <summary>Fills the lookup table if it does not show the code yet. Apart from Define, as files may define many.</summary>
    public void Build()
    {
        if (_built)
        {
            return;
        }

        Array.Clear(_lookup);
        int index = 0;
        int code = 0;
        for (int length = 1; length <= LookupBits; length++)
        {
            for (int i = 0; i < _counts[length - 1]; i++)
            {
                Span<int> entries = _lookup.AsSpan(code << (LookupBits - length), 1 << (LookupBits - length));
                Fill(entries, length, _values[index]);
                index++;
                code++;
            }

            code <<= 1;
        }

        _built = true;
    }

    /// <summary>The symbol of the code that begins these 64 bits, in bits 8 and up, and its length in bits 0 to 7.</summary>
    /// <returns>A negative number if no code begins so.</returns>
    public int Symbol(ulong bits)
    {
        int entry = _lookup[(int)(bits >> (64 - LookupBits))];
        int value = entry >> 16;
        if (value != 0)
        {
            int size = BitOperations.Log2((uint)Math.Abs(value)) + 1;
            return ((((entry >> 4) & 0xf0) | size) << 8) | ((entry & 0xff) - size);
        }

        if (entry != 0)
        {
            return entry;
        }

        uint top = (uint)(bits >> (64 - MaxBits));
        for (int length = LookupBits + 1; length <= MaxBits; length++)
        {
            if (top < _limit[length])
            {
                return (_values[(int)(top >> (MaxBits - length)) + _offset[length]] << 8) | length;
            }
        }

        return NoCode;
    }

    /// <summary>Fills the entries of one code: those whose further bits hold the whole coefficient, with its value.</summary>
    private static void Fill(Span<int> entries, int length, byte symbol)
    {
        int size = symbol & 15;
        int spareBits = LookupBits - length;
        if (size == 0 || size > spareBits)
        {
            entries.Fill((symbol << 8) | length);
            return;
        }

        for (int rest = 0; rest < entries.Length; rest++)
        {
            int value = rest >> (spareBits - size);
            if (value < 1 << (size - 1))
            {
                value += 1 - (1 << size);
            }

            entries[rest] = (value << 16) | ((symbol >> 4) << 8) | (length + size);
        }
    }
}
