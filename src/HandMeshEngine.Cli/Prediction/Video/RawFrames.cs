namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>Frames of one size and format without a header, as ffmpeg's rawvideo and cameras write them.</summary>
internal sealed class RawFrames
{
    // By ffmpeg's names.
    private static readonly Dictionary<string, (PixelFormat Format, double Bytes)> _formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rgb24"] = (PixelFormat.Rgb, 3),
        ["bgr24"] = (PixelFormat.Bgr, 3),
        ["rgba"] = (PixelFormat.Rgba, 4),
        ["bgra"] = (PixelFormat.Bgra, 4),
        ["argb"] = (PixelFormat.Argb, 4),
        ["abgr"] = (PixelFormat.Abgr, 4),
        ["gray"] = (PixelFormat.Gray8, 1),
        ["yuyv422"] = (PixelFormat.Yuyv, 2),
        ["uyvy422"] = (PixelFormat.Uyvy, 2),
        ["nv12"] = (PixelFormat.Nv12, 1.5),
        ["nv21"] = (PixelFormat.Nv21, 1.5),
        ["yuv420p"] = (PixelFormat.I420, 1.5),
    };

    private readonly RgbImage _image = new(1, 1);
    private readonly PixelFormat _format;
    private readonly byte[] _frame;
    private readonly int _width;
    private readonly int _height;

    private RawFrames(int width, int height, PixelFormat format, double bytes, (int Numerator, int Denominator)? rate)
    {
        (_width, _height, _format, Rate) = (width, height, format, rate);
        _frame = new byte[(int)(width * height * bytes)];
    }

    /// <summary>Frames a second, if it was given.</summary>
    public (int Numerator, int Denominator)? Rate { get; }

    /// <summary>Of one frame.</summary>
    public int Bytes => _frame.Length;

    /// <summary>Reads <c>WxH:FORMAT</c> or <c>WxH:FORMAT@RATE</c>.</summary>
    /// <exception cref="ArgumentException">A part is missing or not known.</exception>
    public static RawFrames Parse(string text)
    {
        string[] parts = text.Split('@'), kind = parts[0].Split(':'), size = kind[0].Split('x');
        int width = 0, height = 0;
        bool isRight = parts.Length <= 2 && kind.Length == 2 && size.Length == 2
            && int.TryParse(size[0], NumberStyles.None, CultureInfo.InvariantCulture, out width) && width is > 0 and <= 1 << 15
            && int.TryParse(size[1], NumberStyles.None, CultureInfo.InvariantCulture, out height) && height is > 0 and <= 1 << 15;
        if (!isRight || !_formats.TryGetValue(kind[1], out (PixelFormat Format, double Bytes) format))
        {
            throw new ArgumentException($"--raw {text} is not WIDTHxHEIGHT:FORMAT[@RATE], for example 640x480:rgb24@30; formats are {string.Join(", ", _formats.Keys)}");
        }

        // Chroma samples are shared by two pixels.
        if (format.Bytes is 1.5 or 2 && ((width & 1) == 1 || (height & 1) == 1))
        {
            throw new ArgumentException($"--raw {text}: frames of {kind[1]} have even sides");
        }

        return new RawFrames(width, height, format.Format, format.Bytes, parts.Length == 2 ? ParseRate(text, parts[1]) : null);
    }

    /// <summary>Reads the next frame into a buffer.</summary>
    /// <returns>The bytes read; fewer than <see cref="Bytes"/> at the end.</returns>
    public int Next(PushbackStream stream) => stream.ReadAtLeast(_frame, _frame.Length, throwOnEndOfStream: false);

    /// <summary>The frame as RGB, valid until the next call.</summary>
    public RgbImage Picture()
    {
        int stride = _frame.Length / _height;
        bool isPlanar = _format is PixelFormat.Nv12 or PixelFormat.Nv21 or PixelFormat.I420;
        _image.CopyFrom(new ImageView(_frame, _width, _height, isPlanar ? _width : stride, _format));
        return _image;
    }

    private static (int Numerator, int Denominator) ParseRate(string text, string rate)
    {
        string[] parts = rate.Split('/');
        int denominator = 1;
        bool isRight = parts.Length <= 2 && double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out denominator) && denominator > 0));
        double frames = isRight ? double.Parse(parts[0], CultureInfo.InvariantCulture) : 0;
        return frames is not (> 0 and < 100_000) ? throw new ArgumentException($"--raw {text}: the rate is a number of frames a second, for example 30 or 30000/1001")
            : frames == Math.Floor(frames) ? ((int)frames, denominator)
            : ((int)Math.Round(frames * 1000), 1000 * denominator);
    }
}
