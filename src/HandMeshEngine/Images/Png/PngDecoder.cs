namespace HandMeshEngine.Images.Png;

/// <summary>
/// Decodes PNG files of every colour type, depth and interlace to RGB, as libpng does when told to drop alpha and low
/// bytes. Its buffers are kept for the next file. Not thread-safe.
/// </summary>
internal sealed class PngDecoder(ImageLimits limits, bool stretch = false)
{
    private const uint HeaderChunk = 0x49484452; // IHDR
    private const uint PaletteChunk = 0x504c5445; // PLTE
    private const uint DataChunk = 0x49444154; // IDAT
    private const uint ExifChunk = 0x65584966; // eXIf
    private const uint EndChunk = 0x49454e44; // IEND

    private const int InflateBuffer = 1 << 16;

    /// <summary>Deflate cannot make more of a byte than this many.</summary>
    private const int MaxExpansion = 1032;

    private readonly PngPixels _pixels = new();
    private readonly byte[] _inflated = new byte[InflateBuffer];
    private byte[] _data = [];
    private byte[] _row = [];
    private byte[] _above = [];
    private byte[] _passRow = [];
    private RgbImage? _stored;
    private PngHeader _header;
    private ImageInfo _info;
    private int _dataLength;
    private int _dataOffset;
    private bool _hasPalette;
    private ImageException? _cut;

    /// <summary>Decodes a file that begins with the PNG signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="image">Takes the upright picture; its size is set.</param>
    /// <exception cref="ImageException">The file is damaged, truncated or too large.</exception>
    public void Decode(ReadOnlySpan<byte> file, RgbImage image)
    {
        ReadChunks(file);
        _pixels.Begin();
        if (PngPass.CountBytes(_header) > (long)MaxExpansion * _dataLength)
        {
            throw _cut ?? new ImageException(
                $"the PNG declares {_header.Width}x{_header.Height} pixels, more than its {_dataLength} bytes of image data at byte {_dataOffset} can hold; "
                + "the file is damaged, export it again");
        }

        bool isUpright = _info.Orientation == 1;
        RgbImage target = isUpright ? image : _stored ??= new RgbImage(1, 1);
        target.Resize(_header.Width, _header.Height);
        DecodeRows(target);
        if (_pixels.IsDim(_header))
        {
            if (stretch)
            {
                _pixels.Stretch();
                DecodeRows(target);
            }
            else
            {
                _info = _info with { Notes = [.. _info.Notes, $"the 16-bit grey picture has no value above {_pixels.Brightest} of 65535 and is nearly black; ask for its values to be stretched (--stretch)"] };
            }
        }

        if (!isUpright)
        {
            ImageOrientation.Apply(target, _info.Orientation, image);
        }

        image.Info = _info;
    }

    private void DecodeRows(RgbImage target)
    {
        using PngRows rows = new(_data, _dataLength, _inflated, _dataOffset);
        try
        {
            foreach (PngPass pass in PngPass.Of(_header))
            {
                DecodePass(pass, rows, target);
            }
        }
        catch (ImageException) when (_cut is not null)
        {
            throw _cut;
        }
    }

    private void ReadChunks(ReadOnlySpan<byte> file)
    {
        _info = ImageInfo.Plain(ImageFormat.Png);
        _dataLength = 0;
        _dataOffset = 0;
        _hasPalette = false;
        PngChunks chunks = new(file);
        chunks.Next();
        if (chunks.Type != HeaderChunk)
        {
            throw new ImageException(
                $"the PNG begins with the chunk {chunks.Name} at byte {chunks.Offset - 8} instead of its header; the file is damaged, export it again");
        }

        _header = PngHeader.Read(chunks.Content, chunks.Offset, limits);
        bool isInData = false;
        for (chunks.NextOrCut(); chunks.Type != EndChunk && !(chunks.IsCut && chunks.Type != DataChunk); chunks.NextOrCut())
        {
            if (chunks.Type == DataChunk && _dataLength > 0 && !isInData)
            {
                throw Misplaced(chunks);
            }

            isInData = chunks.Type == DataChunk;
            ReadChunk(chunks);
            if (chunks.IsCut)
            {
                break;
            }
        }

        _cut = chunks.IsCut ? chunks.Truncated() : null;
        if (chunks.Flaw is { } flaw)
        {
            _info = _info with { Notes = [flaw] };
        }

        if (chunks.IsCut && _dataLength == 0)
        {
            throw _cut!;
        }

        if (_dataLength == 0)
        {
            throw new ImageException($"the PNG ends at byte {chunks.Offset} without image data; the file is damaged, export it again");
        }
    }

    private void ReadChunk(PngChunks chunks)
    {
        switch (chunks.Type)
        {
            case PaletteChunk:
                ReadPalette(chunks);
                break;
            case DataChunk when _header.HasPalette && !_hasPalette:
                throw new ImageException(
                    $"the PNG has no palette before its image data at byte {chunks.Offset}; the file is damaged, export it again");
            case DataChunk:
                AppendData(chunks);
                break;
            case ExifChunk:
                _info = ExifReader.Read(chunks.Content, _info);
                break;
            default:
                if (!chunks.IsAncillary)
                {
                    throw Misplaced(chunks);
                }

                break;
        }
    }

    private void ReadPalette(PngChunks chunks)
    {
        int length = chunks.Content.Length;
        if (length == 0 || length % 3 != 0 || length > 3 * 256 || _hasPalette)
        {
            throw Misplaced(chunks);
        }

        _hasPalette = true;
        _pixels.SetPalette(chunks.Content);
    }

    private void AppendData(PngChunks chunks)
    {
        ReadOnlySpan<byte> content = chunks.Content;
        if (_dataLength == 0)
        {
            _dataOffset = chunks.Offset;
        }

        if (_data.Length < _dataLength + content.Length)
        {
            Array.Resize(ref _data, Math.Max(_dataLength + content.Length, (int)Math.Min(_data.Length * 2L, Array.MaxLength)));
        }

        content.CopyTo(_data.AsSpan(_dataLength));
        _dataLength += content.Length;
    }

    private void DecodePass(PngPass pass, PngRows rows, RgbImage image)
    {
        int width = pass.Width(_header);
        if (width == 0)
        {
            return;
        }

        int length = _header.RowBytes(width);
        Reserve(ref _row, 1 + length);
        Reserve(ref _above, 1 + length);
        Reserve(ref _passRow, 3 * width);
        _above.AsSpan(0, 1 + length).Clear();
        for (int y = pass.FirstY; y < _header.Height; y += pass.StepY)
        {
            rows.Read(_row.AsSpan(0, 1 + length));
            Span<byte> row = _row.AsSpan(1, length);
            if (!PngFilter.Undo(_row[0], row, _above.AsSpan(1, length), _header.FilterDistance))
            {
                throw new ImageException(
                    $"the PNG image data that begins at byte {_dataOffset} names filter {_row[0]} in row {y}, which does not exist; the file is damaged, get it again");
            }

            if (pass.StepX == 1)
            {
                _pixels.Convert(_header, row, image.Row(y));
            }
            else
            {
                Span<byte> pixels = _passRow.AsSpan(0, 3 * width);
                _pixels.Convert(_header, row, pixels);
                Scatter(pixels, image.Row(y), pass);
            }

            (_row, _above) = (_above, _row);
        }
    }

    private static void Scatter(ReadOnlySpan<byte> pixels, Span<byte> row, PngPass pass)
    {
        int x = pass.FirstX;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            pixels.Slice(i, 3).CopyTo(row[(3 * x)..]);
            x += pass.StepX;
        }
    }

    private static void Reserve(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }
    }

    private static ImageException Misplaced(PngChunks chunks) =>
        new($"the PNG chunk {chunks.Name} at byte {chunks.Offset - 8} is unknown, misplaced or impossible; the file is damaged, export it again");
}
