namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>Whole JPEG or PNG files one after the other in a pipe, as ffmpeg's mjpeg and image2pipe write them.</summary>
internal sealed class PictureStream(PushbackStream stream)
{
    private const int LargestPicture = 1 << 28;

    private byte[] _file = new byte[1 << 18];
    private int _length;

    /// <summary>The bytes of the next picture, valid until the next call; empty at the end of the stream.</summary>
    /// <exception cref="ImageException">What comes is not the start of a picture; the stream was read to the next that is.</exception>
    public ReadOnlyMemory<byte> Next()
    {
        _length = 0;
        ReadOnlySpan<byte> start = stream.Peek(8);
        if (start.IsEmpty)
        {
            return default;
        }

        bool isJpeg = start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]);
        if (!isJpeg && !IsPng(start))
        {
            int skipped = SkipToPicture();
            throw new ImageException($"{skipped} bytes between two pictures belong to none");
        }

        if (isJpeg)
        {
            TakeJpeg();
        }
        else
        {
            TakePng();
        }

        return _file.AsMemory(0, _length);
    }

    private static bool IsPng(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);

    private int SkipToPicture()
    {
        for (int skipped = 0; ; skipped++)
        {
            ReadOnlySpan<byte> next = stream.Peek(8);
            if (next.IsEmpty || next.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) || IsPng(next))
            {
                return skipped;
            }

            stream.Skip(1);
        }
    }

    // Marker by marker, so that a thumbnail in the EXIF block is not taken for the end. A file without an end ends where the next begins.
    private void TakeJpeg()
    {
        Take(2);
        while (stream.Peek(2) is { Length: >= 2 } next)
        {
            // Never more than is needed: of a camera's pipe the next picture may be long in coming.
            (byte first, byte second) = (next[0], next[1]);
            if (first != 0xff)
            {
                Take(TakeUntilMarker());
            }
            else if (second == 0xd9)
            {
                Take(2);
                return;
            }
            else if (second == 0xd8 && stream.Peek(3) is [_, _, 0xff, ..])
            {
                return;
            }
            else if (second is 0 or 0xff or 0x01 or (>= 0xd0 and <= 0xd8))
            {
                Take(second == 0xff ? 1 : 2);
            }
            else
            {
                ReadOnlySpan<byte> segment = stream.Peek(4);
                Take(segment.Length < 4 ? segment.Length : 2 + ((segment[2] << 8) | segment[3]));
            }
        }

        Take(stream.Peek(1).Length);
    }

    private int TakeUntilMarker()
    {
        ReadOnlySpan<byte> next = stream.Peek(2);
        int marker = next[1..].IndexOf((byte)0xff);
        return marker < 0 ? next.Length : marker + 1;
    }

    private void TakePng()
    {
        Take(8);
        while (true)
        {
            ReadOnlySpan<byte> next = stream.Peek(12);
            if (next.Length < 12 || IsPng(next))
            {
                Take(IsPng(next) ? 0 : next.Length);
                return;
            }

            bool isEnd = next[4..8].SequenceEqual("IEND"u8);
            long length = 12L + (uint)((next[0] << 24) | (next[1] << 16) | (next[2] << 8) | next[3]);
            Take((int)Math.Min(length, LargestPicture + 1L));
            if (isEnd)
            {
                return;
            }
        }
    }

    private void Take(int count)
    {
        if (_length + (long)count > LargestPicture)
        {
            throw new ImageException($"a picture in the pipe has more than {LargestPicture} bytes");
        }

        if (_file.Length < _length + count)
        {
            Array.Resize(ref _file, Math.Max(_length + count, 2 * _file.Length));
        }

        ReadOnlySpan<byte> bytes = stream.Peek(count);
        int there = Math.Min(count, bytes.Length);
        bytes[..there].CopyTo(_file.AsSpan(_length));
        stream.Skip(there);
        _length += there;
    }
}
