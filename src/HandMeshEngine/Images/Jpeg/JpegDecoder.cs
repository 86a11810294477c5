namespace HandMeshEngine.Images.Jpeg;

/// <summary>
/// Decodes JPEG files (T.81: baseline, extended sequential and progressive, 8 bit, Huffman) to the pixels that
/// libjpeg-turbo gives by default. Its buffers are kept for the next file. Not thread-safe.
/// </summary>
internal sealed class JpegDecoder(ImageLimits limits)
{
    private const int MaxScans = 256;

    /// <summary>
    /// Visits to blocks that a file may ask for: so many per block, and so many more per byte. Encoders visit a block some
    /// ten times; a hostile file can visit 32767 blocks with two bytes, again and again.
    /// </summary>
    private const int VisitsPerBlock = 32;

    private const int VisitsPerByte = 64;

    private readonly JpegTables _tables = new();
    private readonly JpegFrame _frame = new(limits);
    private readonly JpegScan _scan = new();
    private readonly EntropyData _data = new();
    private readonly JpegRenderer _renderer = new();
    private RgbImage? _stored;
    private int _restartInterval;
    private int _scanCount;
    private long _visitsLeft;
    private JpegColor _color;
    private ImageInfo _info;
    private bool _hasExif;
    private bool _isWhole;

    /// <summary>Decodes a file that begins with the JPEG signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="image">Takes the upright picture; its size is set.</param>
    /// <exception cref="ImageException">The file is damaged, truncated, too large, or of a kind that cannot be read.</exception>
    public void Decode(ReadOnlySpan<byte> file, RgbImage image)
    {
        Reset();
        int position = 2;
        bool goesOn = true;
        while (goesOn)
        {
            int before = position;
            try
            {
                goesOn = ReadNext(file, ref position);
            }
            catch (ImageException) when (_isWhole)
            {
                // Nothing behind the last coefficient is needed: libjpeg warns and takes the end for granted.
                _info = _info with { Notes = [.. _info.Notes, $"the JPEG has no end marker, or something else stands before it at byte {before}; the picture is whole"] };
                goesOn = false;
            }
        }

        CheckComplete(file.Length);
        Render(image);
    }

    /// <summary>Reads up to and with the next marker's segment.</summary>
    /// <returns>Whether the file goes on behind it.</returns>
    private bool ReadNext(ReadOnlySpan<byte> file, ref int position)
    {
        byte marker = ReadMarker(file, ref position);
        if (marker == JpegMarker.EndOfImage)
        {
            return false;
        }

        if (JpegMarker.IsBare(marker))
        {
            return true;
        }

        int start = position + 2;
        ReadOnlySpan<byte> segment = ReadSegment(file, ref position, marker);
        if (marker == JpegMarker.StartOfScan)
        {
            position = DecodeScan(file, segment, start);
        }
        else
        {
            ReadTables(marker, segment, start);
        }

        return true;
    }

    private void Reset()
    {
        _tables.Clear();
        _frame.Clear();
        _restartInterval = 0;
        _scanCount = 0;
        _isWhole = false;
        _color = new JpegColor();
        _hasExif = false;
        _info = ImageInfo.Plain(ImageFormat.Jpeg);
    }

    /// <summary>Goes to the next marker, over fill bytes and, like libjpeg, over stray ones.</summary>
    private static byte ReadMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (true)
        {
            int skip = file[position..].IndexOf((byte)0xff);
            if (skip < 0 || position + skip + 1 >= file.Length)
            {
                throw new ImageException(
                    $"the JPEG is truncated: it ends at byte {file.Length} without its end marker; get the whole file");
            }

            position += skip + 1;
            if (file[position] is not (0 or 0xff))
            {
                return file[position++];
            }
        }
    }

    private static ReadOnlySpan<byte> ReadSegment(ReadOnlySpan<byte> file, ref int position, byte marker)
    {
        if (position + 2 > file.Length)
        {
            throw new ImageException(
                $"the JPEG is truncated: it ends at byte {file.Length} in its headers; get the whole file");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2)
        {
            throw new ImageException(
                $"the JPEG segment ff{marker:x2} at byte {position - 2} has the impossible length {length}; the file is damaged, export it again");
        }

        if (position + length > file.Length)
        {
            throw new ImageException(
                $"the JPEG is truncated: it ends at byte {file.Length}, before the end of the segment ff{marker:x2} at byte {position - 2}; get the whole file");
        }

        ReadOnlySpan<byte> segment = file.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    private void ReadTables(byte marker, ReadOnlySpan<byte> segment, int offset)
    {
        switch (marker)
        {
            case JpegMarker.QuantizationTables:
                _tables.ReadQuantization(segment, offset);
                break;
            case JpegMarker.HuffmanTables:
                _tables.ReadHuffman(segment, offset);
                break;
            case JpegMarker.RestartInterval:
                _restartInterval = segment.Length == 2
                    ? BinaryPrimitives.ReadUInt16BigEndian(segment)
                    : throw JpegTables.Damaged("restart interval", offset);
                break;
            case JpegMarker.Baseline or JpegMarker.ExtendedSequential or JpegMarker.Progressive:
                _frame.Read(segment, offset, marker == JpegMarker.Progressive);
                break;
            case JpegMarker.App0:
                _color.HasJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case JpegMarker.App1:
                if (segment.StartsWith("Exif\0\0"u8) && !_hasExif)
                {
                    _hasExif = true;
                    _info = ExifReader.Read(segment[6..], _info);
                }

                break;
            case JpegMarker.App14:
                if (segment.StartsWith("Adobe"u8) && segment.Length >= 12)
                {
                    _color.AdobeTransform = segment[11];
                }

                break;
            default:
                if (JpegMarker.UnreadableKind(marker) is string kind)
                {
                    throw new ImageException(
                        $"the JPEG at byte {offset} is {kind}, which cannot be read; convert it to a baseline or progressive JPEG");
                }

                break;
        }
    }

    /// <summary>Decodes one scan.</summary>
    /// <returns>Where its data ends.</returns>
    private int DecodeScan(ReadOnlySpan<byte> file, ReadOnlySpan<byte> segment, int offset)
    {
        if (!_frame.IsDefined)
        {
            throw new ImageException($"the JPEG scan at byte {offset} has no frame header before it; the file is damaged, export it again");
        }

        if (++_scanCount > MaxScans)
        {
            throw new ImageException($"the JPEG has more than {MaxScans} scans (at byte {offset}); save it again as a baseline JPEG");
        }

        int start = offset + segment.Length;
        if (_scanCount == 1)
        {
            BeginFrame(start, file.Length);
        }

        if (!_frame.IsProgressive)
        {
            StandardHuffmanTables.DefineMissing(_tables);
        }

        _scan.Read(segment, offset, _frame, _tables);
        foreach (JpegComponent component in _scan.Components)
        {
            component.LatchQuantization(_tables.Quantization(component.QuantizationIndex, offset));
        }

        SpendVisits(offset);
        ScanReader reader = new(file, start, _data, _scan, _restartInterval);
        if (_frame.IsProgressive)
        {
            ProgressiveScan.Decode(ref reader, _frame, _scan);
        }
        else
        {
            SequentialScan.Decode(ref reader, _frame, _scan);
        }

        if (reader.WrongRestart >= 0)
        {
            _info = _info with { Notes = [.. _info.Notes, $"the JPEG miscounts its restart markers from byte {reader.WrongRestart} on; the picture is taken as whole"] };
        }

        _isWhole = _frame.IsComplete;
        return reader.End;
    }

    /// <summary>Makes room for the frame, unless the rest of the file cannot hold that much picture.</summary>
    private void BeginFrame(int start, int end)
    {
        // A block takes a bit or more for its DC code and, unless progressive runs skip it, one for its end.
        long blocks = JpegFrame.CountBlocks(_frame.Components);
        long needed = (_frame.IsProgressive ? blocks : 2 * blocks) / 8;
        if (needed > end - start)
        {
            throw new ImageException(
                $"the JPEG declares {_frame.Width}x{_frame.Height} pixels, which take {needed} bytes or more from byte {start} on, but the file ends at byte {end}; "
                + "it is truncated or damaged, get the whole file");
        }

        _visitsLeft = (VisitsPerBlock * blocks) + ((long)VisitsPerByte * end);
        foreach (JpegComponent component in _frame.Components)
        {
            component.Allocate(_frame.IsProgressive);
        }
    }

    private void SpendVisits(int offset)
    {
        _visitsLeft -= JpegFrame.CountBlocks(_scan.Components);
        if (_visitsLeft < 0)
        {
            throw new ImageException(
                $"the JPEG asks for far more work than its size explains (scan {_scanCount} at byte {offset}); save it again as a baseline JPEG");
        }
    }

    private void CheckComplete(int length)
    {
        if (!_frame.IsDefined)
        {
            throw new ImageException($"the JPEG ends at byte {length} without a picture; get the whole file");
        }

        foreach (JpegComponent component in _frame.Components)
        {
            if (!component.IsSeen)
            {
                throw new ImageException(
                    $"the JPEG ends at byte {length} without the image data of component {component.Id}; get the whole file");
            }
        }
    }

    private void Render(RgbImage image)
    {
        bool isUpright = _info.Orientation == 1;
        RgbImage target = isUpright ? image : _stored ??= new RgbImage(1, 1);
        target.Resize(_frame.Width, _frame.Height);
        _renderer.Render(_frame, _color, target);
        if (!isUpright)
        {
            ImageOrientation.Apply(target, _info.Orientation, image);
        }

        image.Info = _info;
    }
}
