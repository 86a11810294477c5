using System.Text;
using HandMeshEngine.Cli.Output;
using HandMeshEngine.Cli.Prediction.Inputs;
using HandMeshEngine.Cli.Prediction.Video;
using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Videos as files and through pipes.</summary>
public sealed class VideoTests : IDisposable
{
    private static readonly PictureLoader _loader = new(new PictureOptions(FrameOrientation.Upright));

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_clip_and_the_same_clip_through_a_pipe_give_equal_results_with_the_time_stamps_of_the_container()
    {
        RequireFfmpeg();
        Ffmpeg("-loop", "1", "-i", Workspace.Photo, "-frames:v", "6", "-r", "12.5", "-vf", "scale=240:320,rotate=0.05*n", "-pix_fmt", "yuv420p", _work["clip.mp4"]);
        string[] options = ["--device", "cpu", "--variant", "lite"];
        (int exitCode, string output, string errors) = CommandRunner.Run(
            ["predict", _work["clip.mp4"], "--out", _work["out"], .. options, "--overlay-video", _work["drawn.mp4"]]);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("clip: 6 frames, hands in 6", output);
        (_, string piped) = OtherProgram.Run("sh", ["-c", $"ffmpeg -v error -i '{_work["clip.mp4"]}' -f yuv4mpegpipe - | dotnet '{Path.Combine(AppContext.BaseDirectory, "handmesh.dll")}' predict - {string.Join(' ', options)} 2>/dev/null"]);
        JsonElement[] fromFile = Lines(File.ReadAllText(_work["out/clip.jsonl"])), fromPipe = Lines(piped);

        Assert.Equal(6, fromPipe.Length);
        for (int i = 0; i < fromPipe.Length; i++)
        {
            Assert.Equal(i / 12.5, fromFile[i].GetProperty("seconds").GetDouble(), 1e-9);
            Assert.Equal(fromFile[i].GetProperty("seconds").GetDouble(), fromPipe[i].GetProperty("seconds").GetDouble());
            Assert.Equal(fromFile[i].GetProperty("hands").GetRawText(), fromPipe[i].GetProperty("hands").GetRawText());
        }

        Assert.Contains("6", OtherProgram.Run("ffprobe", ["-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", _work["drawn.mp4"]]).Output);
        Assert.Contains("6 of them were there", CommandRunner.Run(["predict", _work["clip.mp4"], "--out", _work["out"], .. options, "--resume"]).Output);
    }

    [Fact]
    public void A_varying_rate_and_a_turned_video_keep_their_stamps_and_stand_upright()
    {
        RequireFfmpeg();
        Ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x32:rate=10:duration=1", "-vf", "select=not(mod(n\\,3)*gt(n\\,4))", "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", _work["plain.mp4"]);
        Ffmpeg("-i", _work["plain.mp4"], "-c", "copy", "-metadata:s:v:0", "rotate=90", _work["turned.mp4"]);
        (double? Seconds, int Width)[] frames = [.. new ClipSource(_work["turned.mp4"]).Read(_loader).Select(frame => (frame.Seconds, frame.Load().Width))];

        Assert.Equal([0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9], frames.Select(frame => Math.Round(frame.Seconds!.Value, 6)));
        Assert.All(frames, frame => Assert.Equal(32, frame.Width));
    }

    [Fact]
    public void A_clip_that_is_cut_off_keeps_the_frames_before_the_cut()
    {
        RequireFfmpeg();
        Ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=2", "-c:v", "mjpeg", _work["whole.mkv"]);
        byte[] whole = File.ReadAllBytes(_work["whole.mkv"]);
        File.WriteAllBytes(_work["cut.mkv"], whole[..(whole.Length / 2)]);
        (int exitCode, _, _) = CommandRunner.Run("predict", _work["cut.mkv"], "--out", _work["out"], "--device", "cpu", "--variant", "lite");

        Assert.NotEqual(0, exitCode);
        Assert.InRange(File.ReadAllLines(_work["out/cut.jsonl"]).Length, 5, 15);
    }

    [Fact]
    public void Pictures_in_a_pipe_are_told_apart_even_where_one_is_damaged()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo), png = PngEncoder.Encode(new RgbImage(5, 4));
        byte[] damaged = [.. photo];
        damaged.AsSpan(30_000, 4_000).Fill(0x55);
        byte[] pipe = [.. photo, .. photo[..20_000], .. photo, .. png, 1, 2, 3, .. photo, .. damaged, .. png];
        string[] answers = [.. Frames(pipe).Select(load => Answer(load))];

        Assert.Equal("480x640", answers[0]);
        Assert.Contains("truncated", answers[1]);
        Assert.Equal(["480x640", "5x4"], answers[2..4]);
        Assert.Contains("3 bytes between two pictures", answers[4]);
        Assert.Equal("480x640", answers[5]);
        Assert.Equal("5x4", answers[^1]);
    }

    [Theory]
    [InlineData("640x480", "is not WIDTHxHEIGHT:FORMAT")]
    [InlineData("4x4:rgb48", "formats are rgb24")]
    [InlineData("5x4:nv12", "have even sides")]
    [InlineData("4x4:gray@0", "the rate is a number")]
    public void A_layout_of_raw_frames_that_makes_no_sense_is_refused(string layout, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => RawFrames.Parse(layout)).Message);

    [Fact]
    public void Raw_frames_come_with_their_time_and_a_last_one_that_is_cut_is_told()
    {
        byte[] pipe = [.. new byte[48], .. Enumerable.Repeat((byte)9, 48), 1, 2];
        var frames = new List<(double?, byte)>();
        CommandException cut = Assert.Throws<CommandException>(() =>
        {
            foreach (SourceFrame frame in new PipeSource(new MemoryStream(pipe), RawFrames.Parse("4x4:rgb24@30000/1001")).Read(_loader))
            {
                frames.Add((frame.Seconds, frame.Load().Pixels[0]));
            }
        });

        Assert.Equal([(0, 0), (1001 / 30000.0, 9)], frames);
        Assert.Contains("after 2 of 48 bytes", cut.Message);
    }

    [Fact]
    public void Planes_written_are_read_back_as_the_colours_they_were()
    {
        var image = new RgbImage(7, 5);
        image.Pixels.Fill(200);
        using (var video = new OverlayVideo(_work["x.y4m"], (25, 1)))
        {
            video.Add(image, []);
            video.Add(image, []);
            video.Finish(_ => { }, failed => Assert.Fail(failed.Message));
        }

        RgbImage[] frames = [.. new PipeSource(File.OpenRead(_work["x.y4m"]), null).Read(_loader).Select(frame => frame.Load())];
        Assert.Equal(2, frames.Length);
        Assert.Equal((7, 5), (frames[0].Width, frames[0].Height));
        Assert.All(frames[0].Pixels.ToArray(), value => Assert.InRange(value, 198, 202));
    }

    [Theory]
    [InlineData("", "nothing came through the pipe")]
    [InlineData("<html><body>Sign in</body></html>", "through the pipe comes a web page")]
    [InlineData("YUV4MPEG2 W4 H4 C444\nFRAME\n", "only 420 and mono")]
    [InlineData("YUV4MPEG2 W0 H4\n", "no 'W' with a size")]
    public void A_pipe_that_brings_something_else_gets_one_sentence(string content, string words)
    {
        Exception? refused = Record.Exception(() => new PipeSource(new MemoryStream(Encoding.ASCII.GetBytes(content)), null));

        Assert.Contains(words, Failure.Of(refused!)!.Sentence);
    }

    private static IEnumerable<Func<RgbImage>> Frames(byte[] pipe) => new PipeSource(new MemoryStream(pipe), null).Read(_loader).Select(frame => frame.Load);

    private static string Answer(Func<RgbImage> load)
    {
        try
        {
            RgbImage image = load();
            return $"{image.Width}x{image.Height}";
        }
        catch (ImageException exception)
        {
            return exception.Message;
        }
    }

    private static void RequireFfmpeg() =>
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "ffmpeg"))), "ffmpeg is not installed");

    private static void Ffmpeg(params string[] arguments)
    {
        (int exitCode, string output) = OtherProgram.Run("ffmpeg", ["-v", "error", "-y", .. arguments]);
        Assert.True(exitCode == 0, output);
    }

    private static JsonElement[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
