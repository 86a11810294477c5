using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using HandMeshEngine.Cli.Prediction.Video;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>
/// A video file, decoded by ffmpeg: every frame once, turned as the file says, with the time stamps of the container, whatever its rate.
/// </summary>
internal sealed partial class ClipSource : Source
{
    private readonly string _file;
    private readonly int? _count;

    /// <summary>Asks ffprobe what the file holds.</summary>
    /// <exception cref="CommandException">ffmpeg is not installed, or the file holds no video that it can read.</exception>
    public ClipSource(string file)
        : base(Path.GetFileNameWithoutExtension(file))
    {
        _file = file;
        string said = Ffmpeg.Read(
            "ffprobe", $"reading {file}", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate,nb_frames", "-of", "default=noprint_wrappers=1", Ffmpeg.PathOf(file));
        Match rate = AverageRate().Match(said);
        if (!rate.Success)
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: ffmpeg finds no video in it; check that the file is whole");
        }

        int numerator = int.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture), denominator = int.Parse(rate.Groups[2].Value, CultureInfo.InvariantCulture);
        Rate = numerator > 0 && denominator > 0 ? (numerator, denominator) : base.Rate;
        _count = Frames().Match(said) is { Success: true } frames ? int.Parse(frames.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    public override int? Count => _count;

    public override bool IsDrawnUnasked => false;

    public override bool CanRevisit => false;

    public override DateTime? Changed => File.GetLastWriteTimeUtc(_file);

    public override (int Numerator, int Denominator) Rate { get; }

    public override int? CountExactly() => int.TryParse(
        Ffmpeg.Read("ffprobe", $"reading {_file}", "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", Ffmpeg.PathOf(_file)).Trim().TrimEnd(','),
        CultureInfo.InvariantCulture,
        out int packets) ? packets : null;

    public override IEnumerable<SourceFrame> Read(PictureLoader loader)
    {
        // showinfo tells each frame's time stamp as it passes. The matrix is made BT.601, which the pipe cannot name.
        using Process process = Ffmpeg.Start(
            "ffmpeg", $"reading {_file}", writes: false,
            ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info", "-copyts", "-i", Ffmpeg.PathOf(_file), "-map", "0:v:0", "-fps_mode", "passthrough",
                "-vf", "showinfo=checksum=0,scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", "-f", "yuv4mpegpipe", "-"]);
        var times = new BlockingCollection<double?>();
        var errors = new List<string>();
        Task listening = Task.Run(() => Listen(process.StandardError, times, errors));
        try
        {
            var stream = new PushbackStream(process.StandardOutput.BaseStream);
            int index = 0;
            if (stream.Peek(1).Length > 0)
            {
                var reader = new Y4mReader(stream);
                for (; reader.Next(); index++)
                {
                    double? seconds = times.TryTake(out double? time, Timeout.Infinite) ? time : null;
                    string name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{index:000000}");
                    yield return new SourceFrame(index, Path.GetFileName(_file), name, () => loader.Turn(reader.Picture())) { Seconds = seconds };
                }
            }

            listening.GetAwaiter().GetResult();
            process.WaitForExit();
            if (process.ExitCode != 0 || index == 0)
            {
                throw new CommandException(ExitCode.BadInput, $"{_file}: ffmpeg could not read on after {index} frames ({errors.LastOrDefault() ?? "no reason given"}); the frames before are kept");
            }

            if (errors.Count > 0)
            {
                ErrorLine.Write($"note: {_file}: ffmpeg met {errors.Count} errors and went on; the first: {errors[0]}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static void Listen(StreamReader from, BlockingCollection<double?> times, List<string> errors)
    {
        long numerator = 1, denominator = 1;
        while (from.ReadLine() is { } line)
        {
            if (TimeBase().Match(line) is { Success: true } unit)
            {
                (numerator, denominator) = (Whole(unit.Groups[1]), Whole(unit.Groups[2]));
            }
            else if (Stamp().Match(line) is { Success: true } stamp)
            {
                times.Add(stamp.Groups[1].Value == "NOPTS" ? null : Whole(stamp.Groups[1]) * numerator / (double)denominator);
            }
            else if (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal))
            {
                errors.Add(line.Trim());
            }
        }

        times.CompleteAdding();
    }

    private static long Whole(Group digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^avg_frame_rate=(\d+)/(\d+)", RegexOptions.Multiline)]
    private static partial Regex AverageRate();

    [GeneratedRegex(@"^nb_frames=(\d+)", RegexOptions.Multiline)]
    private static partial Regex Frames();

    [GeneratedRegex(@"config in time_base: (\d+)/(\d+)")]
    private static partial Regex TimeBase();

    [GeneratedRegex(@"\bn: *\d+ pts: *(-?\d+|NOPTS) ")]
    private static partial Regex Stamp();
}
