using HandMeshEngine.Cli.Prediction.Video;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>What comes through standard input: yuv4mpeg, JPEG or PNG files one after the other, or frames without a header.</summary>
internal sealed class PipeSource : Source
{
    private const string Label = "stdin";
    private const int LargestPicture = 1 << 28;

    private readonly PushbackStream _stream;
    private readonly RawFrames? _raw;
    private readonly Y4mReader? _video;

    /// <summary>Waits for the first bytes and looks what they are.</summary>
    /// <param name="stream">The pipe.</param>
    /// <param name="raw">The layout of frames without a header; null looks at the first bytes.</param>
    /// <exception cref="CommandException">Nothing comes, or a kind that cannot be read from a pipe.</exception>
    public PipeSource(Stream stream, RawFrames? raw)
        : base(Label)
    {
        _stream = new PushbackStream(stream);
        _raw = raw;
        ReadOnlySpan<byte> start = _stream.Peek(raw is null ? 12 : 1);
        if (start.IsEmpty)
        {
            throw new CommandException(ExitCode.BadInput, "nothing came through the pipe; does the command before it write to its standard output?");
        }

        if (raw is null && start.StartsWith("YUV4MPEG2"u8))
        {
            _video = new Y4mReader(_stream);
        }
        else if (raw is null && FileKind.Of(start) is { } kind)
        {
            throw new CommandException(ExitCode.BadInput, kind.IsVideo
                ? $"through the pipe comes {kind.Name}; give its file, or pipe it through ffmpeg -i - -f yuv4mpegpipe - first"
                : $"through the pipe comes {kind.Name}; {kind.Cure}");
        }
    }

    public override bool IsDrawnUnasked => false;

    public override bool CanRevisit => false;

    public override (int Numerator, int Denominator) Rate => _video?.Rate ?? _raw?.Rate ?? base.Rate;

    public override IEnumerable<SourceFrame> Read(PictureLoader loader)
    {
        (int Numerator, int Denominator)? rate = _video is not null ? _video.Rate : _raw?.Rate;
        var pictures = new PictureStream(_stream);
        for (int index = 0; ; index++)
        {
            Func<RgbImage>? load = _video is not null ? Planes(loader) : _raw is not null ? Raw(loader) : Picture(pictures, loader);
            if (load is null)
            {
                yield break;
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{index:000000}");
            double? seconds = rate is { } known ? (long)index * known.Denominator / (double)known.Numerator : null;
            yield return new SourceFrame(index, Label, name, load) { Seconds = seconds };
        }
    }

    private Func<RgbImage>? Planes(PictureLoader loader)
    {
        try
        {
            return _video!.Next() ? () => loader.Turn(_video.Picture()) : null;
        }
        catch (ImageException exception)
        {
            throw new CommandException(ExitCode.BadInput, $"{Label}: {exception.Message}; the frames before are kept");
        }
    }

    private Func<RgbImage>? Raw(PictureLoader loader)
    {
        int read = _raw!.Next(_stream);
        return read == 0 ? null
            : read == _raw.Bytes ? () => loader.Turn(_raw.Picture())
            : throw new CommandException(ExitCode.BadInput, $"{Label}: the stream ends within a frame, after {read} of {_raw.Bytes} bytes; the frames before are kept, check the size and format of --raw");
    }

    private Func<RgbImage>? Picture(PictureStream pictures, PictureLoader loader)
    {
        if (HandMeshEngine.ImageSharp.ImageFileDecoder.FormatOf(_stream.Peek(18)) is not (null or "JPEG" or "PNG"))
        {
            return Whole(loader); // formats whose end cannot be told: one picture
        }

        try
        {
            ReadOnlyMemory<byte> file = pictures.Next();
            return file.IsEmpty ? null : () => loader.Decode(file);
        }
        catch (ImageException exception)
        {
            return () => throw exception;
        }
    }

    private Func<RgbImage> Whole(PictureLoader loader)
    {
        int length = 1 << 16;
        while (_stream.Peek(length).Length >= length && length < LargestPicture)
        {
            length *= 2;
        }

        byte[] file = _stream.Peek(length).ToArray();
        _stream.Skip(file.Length);
        return () => loader.Decode(file);
    }
}
