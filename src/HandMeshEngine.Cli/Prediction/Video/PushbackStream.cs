namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>Forward reading of a pipe through a buffer, with a look at what comes.</summary>
internal sealed class PushbackStream(Stream inner)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The next bytes, at least as many as asked for unless the stream ends before.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count && Fill())
        {
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    /// <summary>Passes over bytes that were peeked at.</summary>
    public void Skip(int count) => _start += count;

    public int ReadByte() => _start < _end || Fill() ? _buffer[_start++] : -1;

    public int ReadAtLeast(Span<byte> to, int count, bool throwOnEndOfStream)
    {
        int buffered = Math.Min(_end - _start, to.Length);
        _buffer.AsSpan(_start, buffered).CopyTo(to);
        _start += buffered;
        return buffered < count ? buffered + inner.ReadAtLeast(to[buffered..], count - buffered, throwOnEndOfStream) : buffered;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = inner.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
