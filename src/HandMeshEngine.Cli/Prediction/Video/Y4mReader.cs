namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>
/// Frames of a yuv4mpeg stream: a line with sizes, then for each frame a line and its planes. The colours are BT.601 as in ffmpeg,
/// since the format does not name a matrix; <c>XCOLORRANGE=FULL</c> is heeded.
/// </summary>
internal sealed class Y4mReader
{
    private const int LongestLine = 512;
    private const int MostPixels = 1 << 26;

    private readonly PushbackStream _stream;
    private readonly RgbImage _image = new(1, 1);
    private readonly byte[] _planes;
    private readonly bool _isGrey;
    private readonly YuvEncoding _encoding;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImageException">It makes no sense, or the samples are of a kind that is not read.</exception>
    public Y4mReader(PushbackStream stream)
    {
        _stream = stream;
        string[] header = (Line() ?? throw new ImageException("the yuv4mpeg stream ends before its header")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int Size(char key) => Of(header, key) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value : throw new ImageException($"the yuv4mpeg header has no '{key}' with a size: {string.Join(' ', header)}");
        (Width, Height) = (Size('W'), Size('H'));
        if ((long)Width * Height > MostPixels)
        {
            throw new ImageException($"the yuv4mpeg header declares {Width}x{Height} pixels, more than {MostPixels}; scale the video down");
        }

        string[] rate = (Of(header, 'F') ?? "0:0").Split(':');
        if (rate.Length == 2 && int.TryParse(rate[0], out int numerator) && int.TryParse(rate[1], out int denominator) && numerator > 0 && denominator > 0)
        {
            Rate = (numerator, denominator);
        }

        string kind = Of(header, 'C') ?? "420";
        _isGrey = kind == "mono";
        if (!_isGrey && kind is not ("420" or "420jpeg" or "420mpeg2" or "420paldv"))
        {
            throw new ImageException($"the yuv4mpeg stream has samples of the kind {kind}, only 420 and mono with 8 bits are read; add -pix_fmt yuv420p to the ffmpeg that writes it");
        }

        YuvRange range = header.Contains("XCOLORRANGE=FULL") ? YuvRange.Full : YuvRange.Limited;
        _encoding = new YuvEncoding(
            YuvMatrix.Bt601, range, kind switch { "420mpeg2" => ChromaSiting.Left, "420paldv" => ChromaSiting.TopLeft, _ => ChromaSiting.Center });
        int chroma = _isGrey ? 0 : 2 * ((Width + 1) / 2) * ((Height + 1) / 2);
        _planes = new byte[(Width * Height) + chroma];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Frames a second; null if the header does not say.</summary>
    public (int Numerator, int Denominator)? Rate { get; }

    /// <summary>Reads the next frame into a buffer.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="ImageException">The stream ends within a frame, or is out of step.</exception>
    public bool Next()
    {
        if (Line() is not { } line)
        {
            return false;
        }

        if (!line.StartsWith("FRAME", StringComparison.Ordinal))
        {
            throw new ImageException("the yuv4mpeg stream is out of step: a line that begins with FRAME is due");
        }

        int read = _stream.ReadAtLeast(_planes, _planes.Length, throwOnEndOfStream: false);
        return read == _planes.Length ? true : throw new ImageException($"the stream ends within the frame, after {read} of {_planes.Length} bytes");
    }

    /// <summary>The frame as RGB, valid until the next call.</summary>
    public RgbImage Picture()
    {
        _image.CopyFrom(_isGrey
            ? new ImageView(_planes, Width, Height, Width, PixelFormat.Gray8)
            : ImageView.I420(
                _planes.AsSpan(0, Width * Height), Width, Chroma(0), (Width + 1) / 2, Chroma(1), (Width + 1) / 2, Width, Height, _encoding));
        return _image;
    }

    private ReadOnlySpan<byte> Chroma(int plane)
    {
        int length = ((Width + 1) / 2) * ((Height + 1) / 2);
        return _planes.AsSpan((Width * Height) + (plane * length), length);
    }

    private static string? Of(string[] header, char key) => header.Skip(1).FirstOrDefault(word => word[0] == key)?[1..];

    // Null at the end of the stream.
    private string? Line()
    {
        var text = new StringBuilder();
        while (_stream.ReadByte() is var value && value >= 0)
        {
            if (value == '\n')
            {
                return text.ToString();
            }

            if (text.Append((char)value).Length > LongestLine)
            {
                throw new ImageException("the yuv4mpeg stream is out of step: a line has no end");
            }
        }

        return text.Length == 0 ? null : throw new ImageException("the stream ends within a line");
    }
}
