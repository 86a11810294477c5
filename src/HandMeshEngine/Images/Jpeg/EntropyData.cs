namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// The entropy-coded bytes between two markers, copied with their stuffing removed, so that the bit reader needs no look
/// at them. Copying costs about 1% of decoding.
/// </summary>
internal sealed class EntropyData
{
    private byte[] _clean = [];
    private int _start;
    private int _length;

    /// <summary>The offset of the marker behind the data, or the length of the file if it ends here.</summary>
    public int End { get; private set; }

    /// <summary>Copies the data that begins at an offset, and gives a reader at its first bit.</summary>
    public BitReader Open(ReadOnlySpan<byte> file, int start)
    {
        _start = start;
        _length = 0;
        int position = start;
        while (true)
        {
            ReadOnlySpan<byte> rest = file[position..];
            int run = rest.IndexOf((byte)0xff);
            int plain = run < 0 ? rest.Length : run;
            Reserve(_length + plain + 1 + BitReader.Padding);
            rest[..plain].CopyTo(_clean.AsSpan(_length));
            _length += plain;
            position += plain;
            if (position + 1 >= file.Length)
            {
                End = file.Length;
                break;
            }

            byte code = file[position + 1];
            if (code == 0)
            {
                _clean[_length++] = 0xff;
                position += 2;
            }
            else if (code == 0xff)
            {
                position++;
            }
            else
            {
                End = position;
                break;
            }
        }

        _clean.AsSpan(_length, BitReader.Padding).Clear();
        return new BitReader(_clean.AsSpan(0, _length + BitReader.Padding));
    }

    /// <summary>Where in the file a reader stands: the offset of the byte after the last one begun.</summary>
    public int FileOffset(ReadOnlySpan<byte> file, in BitReader reader)
    {
        int position = _start;
        for (int i = 0; i < Math.Min(reader.BytesTaken, _length); i++)
        {
            while (file[position] == 0xff && file[position + 1] == 0xff)
            {
                position++;
            }

            position += file[position] == 0xff ? 2 : 1;
        }

        return position;
    }

    private void Reserve(int length)
    {
        if (_clean.Length < length)
        {
            Array.Resize(ref _clean, Math.Max(length, _clean.Length * 2));
        }
    }
}
