using System.Diagnostics;
using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction.Video;

/// <summary>
/// The frames with their hands drawn over them as one video: yuv4mpeg written here (.y4m, or - for standard output), anything else by
/// ffmpeg. Pictures of videos with a varying rate follow each other at the average rate.
/// </summary>
internal sealed class OverlayVideo(string path, (int Numerator, int Denominator) rate) : IDisposable
{
    private readonly OverlayRenderer _renderer = new() { KeepsSize = true };
    private readonly RgbImage _picture = new(1, 1);
    private readonly string _temporary = path == "-" ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, $".{Path.GetFileNameWithoutExtension(path)}.{Environment.ProcessId:x}.tmp{Path.GetExtension(path)}");

    private Stream? _stream;
    private Process? _ffmpeg;
    private Task<string>? _errors;
    private byte[] _planes = [];
    private int _width;
    private int _height;
    private Exception? _problem;

    private bool IsOurs => path == "-" || Path.GetExtension(path).Equals(".y4m", StringComparison.OrdinalIgnoreCase);

    /// <summary>Draws and appends one frame.</summary>
    /// <exception cref="CommandException">ffmpeg is not installed.</exception>
    public void Add(RgbImage image, IReadOnlyList<HandMesh> hands)
    {
        _renderer.Render(image, hands, _picture, OverlayParts.Mesh | OverlayParts.Skeleton | OverlayParts.Labels);
        if (_stream is null && _problem is null)
        {
            Open(image.Width, image.Height);
        }

        if (image.Width != _width || image.Height != _height)
        {
            _problem ??= new CommandException(ExitCode.BadInput, $"{path}: the pictures change their size from {_width}x{_height} to {image.Width}x{image.Height}, which a video cannot; it ends before that");
        }

        Append();
    }

    /// <summary>A frame that could not be read: the one before stays, so that time goes on.</summary>
    public void Repeat()
    {
        if (_stream is not null)
        {
            Append();
        }
    }

    /// <summary>Closes the video, which then appears under its name.</summary>
    public void Finish(Action<string> say, Action<Exception> failed)
    {
        try
        {
            _stream?.Dispose();
            if (_ffmpeg is { } process)
            {
                string said = _errors!.GetAwaiter().GetResult();
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    throw new CommandException(ExitCode.Machine, $"{path}: ffmpeg could not write the video ({said.Trim().Split('\n')[^1]})");
                }
            }

            if (_stream is not null && path != "-")
            {
                File.Move(_temporary, path, overwrite: true);
                say($"wrote {path}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CommandException)
        {
            _problem ??= exception;
        }

        if (_problem is not null)
        {
            failed(_problem);
        }
    }

    public void Dispose()
    {
        _ffmpeg?.Dispose();
        if (path != "-" && File.Exists(_temporary))
        {
            File.Delete(_temporary);
        }
    }

    private void Open(int width, int height)
    {
        (_width, _height) = (width, height);
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"), frames = string.Create(CultureInfo.InvariantCulture, $"{rate.Numerator}/{rate.Denominator}");
        if (!IsOurs)
        {
            _ffmpeg = Ffmpeg.Start(
                "ffmpeg", $"writing {path}", writes: true,
                ["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", frames, "-i", "-", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", Ffmpeg.PathOf(_temporary)]);
            _errors = _ffmpeg.StandardError.ReadToEndAsync();
            _stream = _ffmpeg.StandardInput.BaseStream;
            return;
        }

        _stream = path == "-" ? Console.OpenStandardOutput() : new FileStream(_temporary, FileMode.Create, FileAccess.Write);
        _planes = new byte[(width * height) + (2 * ((width + 1) / 2) * ((height + 1) / 2))];
        _stream.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"YUV4MPEG2 W{width} H{height} F{rate.Numerator}:{rate.Denominator} Ip A1:1 C420jpeg\n")));
    }

    private void Append()
    {
        if (_problem is not null || _stream is null)
        {
            return;
        }

        try
        {
            if (!IsOurs)
            {
                _stream.Write(_picture.Pixels);
                return;
            }

            Y4mPlanes.From(_picture, _planes);
            _stream.Write("FRAME\n"u8);
            _stream.Write(_planes);
        }
        catch (IOException exception)
        {
            _problem = exception;
        }
    }
}
