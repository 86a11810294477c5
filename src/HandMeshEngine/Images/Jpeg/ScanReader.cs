namespace HandMeshEngine.Images.Jpeg;

/// <summary>Walks through the entropy-coded data of one scan, from restart marker to restart marker.</summary>
internal ref struct ScanReader
{
    /// <summary>The bits of the current restart interval.</summary>
    public BitReader Bits;

    private const int FirstRestartMarker = 0xd0;

    private readonly ReadOnlySpan<byte> _file;
    private readonly EntropyData _data;
    private readonly JpegScan _scan;
    private readonly int _interval;
    private int _left;
    private int _restarts;

    /// <summary>Opens the data.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="start">Where the data begins.</param>
    /// <param name="data">The buffer to use.</param>
    /// <param name="scan">The scan header.</param>
    /// <param name="interval">Units between restart markers, 0 if there are none.</param>
    public ScanReader(ReadOnlySpan<byte> file, int start, EntropyData data, JpegScan scan, int interval)
    {
        _file = file;
        _data = data;
        _scan = scan;
        _interval = interval > 0 ? interval : int.MaxValue;
        Open(start);
    }

    /// <summary>The offset of the marker behind the data read so far.</summary>
    public readonly int End => _data.End;

    /// <summary>The offset of the first restart marker whose number was taken for a mistake, or -1.</summary>
    public int WrongRestart { get; private set; } = -1;

    /// <summary>Passes the restart marker if one is due before the next unit.</summary>
    /// <returns>Whether it did, and thus the decoder starts afresh.</returns>
    public bool BeginUnit()
    {
        if (_left-- > 0)
        {
            return false;
        }

        int marker = _data.End;
        int expected = FirstRestartMarker + (_restarts++ & 7);
        if (marker + 1 >= _file.Length)
        {
            throw Truncated();
        }

        int found = _file[marker + 1];
        if (IsMiscounted(found, expected))
        {
            WrongRestart = WrongRestart < 0 ? marker : WrongRestart;
        }
        else if (found != expected)
        {
            throw new ImageException(
                $"the JPEG has the marker ff{found:x2} at byte {marker} where the restart marker ff{expected:x2} is due; the file is damaged, get it again");
        }

        Open(marker + 2);
        _left--;
        return true;
    }

    /// <summary>Checks that the block just read was there in full.</summary>
    public readonly void CheckBlock(bool isValid)
    {
        if (Bits.Overran || !isValid)
        {
            throw Failure();
        }
    }

    // A number that is too far away for one or two lost or repeated intervals says nothing, to libjpeg neither: the interval is the one that is due.
    private static bool IsMiscounted(int found, int expected) =>
        found is >= FirstRestartMarker and < FirstRestartMarker + 8 && ((found - expected) & 7) is >= 3 and <= 5;

    private readonly ImageException Failure()
    {
        if (!Bits.SawEnd)
        {
            return new ImageException(
                $"the JPEG has impossible image data before byte {_data.FileOffset(_file, Bits)}; the file is damaged, get it again");
        }

        return _data.End >= _file.Length
            ? Truncated()
            : new ImageException(
                $"the JPEG has the marker ff{_file[_data.End + 1]:x2} at byte {_data.End} before its image data is complete; the file is damaged, get it again");
    }

    private readonly ImageException Truncated() =>
        new($"the JPEG is truncated: it ends at byte {_file.Length} in the middle of its image data; get the whole file");

    private void Open(int start)
    {
        Bits = _data.Open(_file, start);
        _left = _interval;
        foreach (JpegComponent component in _scan.Components)
        {
            component.Prediction = 0;
        }
    }
}
