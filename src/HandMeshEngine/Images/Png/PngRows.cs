using System.IO.Compression;

namespace HandMeshEngine.Images.Png;

/// <summary>Inflates the image data of a PNG; never more of it than the picture needs.</summary>
internal sealed class PngRows : IDisposable
{
    private readonly byte[] _buffer;
    private readonly ZLibStream _stream;
    private readonly int _offset;
    private int _begin;
    private int _end;

    /// <summary>Rows from compressed data.</summary>
    /// <param name="data">The contents of all image data chunks, joined.</param>
    /// <param name="length">How much of <paramref name="data"/> counts.</param>
    /// <param name="buffer">Where to inflate to; large, for zlib slows down near the end of each call.</param>
    /// <param name="offset">Where the data began in the file, for messages.</param>
    public PngRows(byte[] data, int length, byte[] buffer, int offset)
    {
        _stream = new ZLibStream(new MemoryStream(data, 0, length, writable: false), CompressionMode.Decompress);
        _buffer = buffer;
        _offset = offset;
    }

    /// <summary>Fills a span with the next bytes.</summary>
    /// <exception cref="ImageException">The data is damaged or ends.</exception>
    public void Read(scoped Span<byte> row)
    {
        while (!row.IsEmpty)
        {
            if (_begin == _end)
            {
                Refill();
            }

            int count = Math.Min(row.Length, _end - _begin);
            _buffer.AsSpan(_begin, count).CopyTo(row);
            _begin += count;
            row = row[count..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Refill()
    {
        try
        {
            _begin = 0;
            _end = _stream.Read(_buffer);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ImageException($"the PNG image data that begins at byte {_offset} cannot be inflated; the file is damaged, get it again", e);
        }

        if (_end == 0)
        {
            throw new ImageException($"the PNG image data that begins at byte {_offset} ends before the last row; the file is damaged, get it again");
        }
    }
}
