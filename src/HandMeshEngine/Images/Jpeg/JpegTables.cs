namespace HandMeshEngine.Images.Jpeg;

/// <summary>The quantisation and Huffman tables that a file has defined so far.</summary>
internal sealed class JpegTables
{
    private const int Count = 4;

    private readonly short[][] _quantization = [new short[64], new short[64], new short[64], new short[64]];
    private readonly bool[] _hasQuantization = new bool[Count];
    private readonly HuffmanTable[] _dc = [new(), new(), new(), new()];
    private readonly HuffmanTable[] _ac = [new(), new(), new(), new()];

    /// <summary>The DC codes, defined or not.</summary>
    public ReadOnlySpan<HuffmanTable> Dc => _dc;

    /// <summary>The AC codes, defined or not.</summary>
    public ReadOnlySpan<HuffmanTable> Ac => _ac;

    /// <summary>Forgets all tables (a new file begins).</summary>
    public void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            _hasQuantization[i] = false;
            _dc[i].Clear();
            _ac[i].Clear();
        }
    }

    /// <summary>A quantisation table, row by row.</summary>
    /// <exception cref="ImageException">It is not defined.</exception>
    public ReadOnlySpan<short> Quantization(int index, int offset) => _hasQuantization[index]
        ? _quantization[index]
        : throw new ImageException(
            $"the JPEG scan at byte {offset} uses quantisation table {index}, which is not defined; the file is damaged, export it again");

    /// <summary>Reads a segment of quantisation tables (DQT).</summary>
    public void ReadQuantization(ReadOnlySpan<byte> segment, int offset)
    {
        while (!segment.IsEmpty)
        {
            int index = segment[0] & 15;
            int bytes = segment[0] >> 4 == 0 ? 1 : 2;
            if (index >= Count || segment[0] >> 4 > 1 || segment.Length < 1 + (64 * bytes))
            {
                throw Damaged("quantisation table", offset);
            }

            for (int k = 0; k < 64; k++)
            {
                // Values over 15 bits are of no use to 8-bit pictures; they wrap as in libjpeg-turbo's vector code.
                _quantization[index][Zigzag.Order[k]] = bytes == 1
                    ? segment[1 + k]
                    : (short)BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + (2 * k))..]);
            }

            _hasQuantization[index] = true;
            segment = segment[(1 + (64 * bytes))..];
        }
    }

    /// <summary>Reads a segment of Huffman tables (DHT).</summary>
    public void ReadHuffman(ReadOnlySpan<byte> segment, int offset)
    {
        while (!segment.IsEmpty)
        {
            int index = segment[0] & 15;
            int kind = segment[0] >> 4;
            int total = 0;
            for (int i = 1; i <= 16 && i < segment.Length; i++)
            {
                total += segment[i];
            }

            if (index >= Count || kind > 1 || total > 256 || segment.Length < 17 + total)
            {
                throw Damaged("Huffman table", offset);
            }

            ReadOnlySpan<byte> values = segment.Slice(17, total);
            bool isDc = kind == 0;
            if ((isDc && values.ContainsAnyExceptInRange((byte)0, (byte)15))
                || !(isDc ? _dc : _ac)[index].Define(segment.Slice(1, 16), values))
            {
                throw Damaged("Huffman table", offset);
            }

            segment = segment[(17 + total)..];
        }
    }

    /// <summary>What is thrown for a segment that cannot be meant.</summary>
    public static ImageException Damaged(string what, int offset) =>
        new($"the JPEG {what} at byte {offset} makes no sense; the file is damaged, export it again");
}
