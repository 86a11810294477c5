using System.Text;
using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Frames of a video and lists: nothing is lost, whatever one picture or one signal does.</summary>
public sealed class SequenceTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_bad_frame_gets_a_line_and_the_rest_goes_on_in_later_videos_too()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("one/f1.jpg", photo);
        Put("one/f2.jpg", photo[..20000]);
        Put("one/f3.jpg", []);
        Put("one/f4.jpg", "<!DOCTYPE html><html>Sign in</html>"u8.ToArray());
        Put("one/f10.jpg", photo);
        Put("two/f1.jpg", photo);
        (int exitCode, string output, string errors) = Run("--sequence", _work["one"], _work["two"]);

        Assert.Equal(3, exitCode);
        JsonElement[] lines = Lines("one");
        Assert.Equal([0, 1, 2, 3, 4], lines.Select(line => line.GetProperty("frame").GetInt32()));
        Assert.Equal([1, 0, 0, 0, 1], lines.Select(line => line.GetProperty("hands").GetArrayLength()));
        Assert.Equal([false, true, true, true, false], lines.Select(line => line.TryGetProperty("problem", out _)));
        Assert.Contains("f3.jpg: the file is empty", errors);
        Assert.Contains("f4.jpg: this is a web page", errors);
        Assert.Contains("one: 5 frames, hands in 2, 3 could not be read", output);
        Assert.Single(Lines("two"));
    }

    [Fact]
    public void A_hand_that_a_frame_does_not_show_is_carried_on_and_marked_or_dropped_without_patience()
    {
        RgbImage image = RgbImage.Load(Workspace.Photo);
        for (int frame = 0; frame < 4; frame++)
        {
            Put($"clip/{frame}.png", frame == 2 ? PngEncoder.Encode(new RgbImage(image.Width, image.Height)) : PngEncoder.Encode(image));
        }

        Run("--sequence", _work["clip"]);
        JsonElement[] hands = [.. Lines("clip").Select(line => line.GetProperty("hands")[0])];
        Assert.Equal([0, 0, 0, 0], hands.Select(hand => hand.GetProperty("id").GetInt32()));
        Assert.Equal([false, false, true, false], hands.Select(hand => hand.GetRawText().Contains("\"predicted\"", StringComparison.Ordinal)));

        Run("--sequence", _work["clip"], "--patience", "0");
        Assert.Equal([1, 1, 0, 1], Lines("clip").Select(line => line.GetProperty("hands").GetArrayLength()));
        Assert.Equal(1, Lines("clip")[3].GetProperty("hands")[0].GetProperty("id").GetInt32());
    }

    [Fact]
    public void Smoothing_changes_what_follows_the_first_frame_and_is_refused_for_photos()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("clip/0.jpg", photo);
        Put("clip/1.jpg", photo);
        Run("--sequence", _work["clip"]);
        string[] plain = [.. Lines("clip").Select(line => line.GetProperty("hands").GetRawText())];
        Run("--sequence", _work["clip"], "--smooth");
        string[] smooth = [.. Lines("clip").Select(line => line.GetProperty("hands").GetRawText())];

        Assert.Equal(plain[0], smooth[0]);
        Assert.NotEqual(plain[1], smooth[1]);
        (int exitCode, _, string errors) = CommandRunner.Run("predict", Workspace.Photo, "--smooth", "--device", "cpu");
        Assert.Equal(2, exitCode);
        Assert.Contains("--smooth is about a video", errors);
        Assert.Contains("0 to 60", CommandRunner.Run("predict", "--sequence", _work["clip"], "--patience", "99", "--device", "cpu").Errors);
    }

    [Fact]
    public void A_run_that_stopped_goes_on_to_the_same_bytes()
    {
        string[] photos = ["fist", "hook", "pointing"];
        for (int frame = 0; frame < 9; frame++)
        {
            byte[] photo = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Workspace.Photo)!, photos[frame / 3] + ".jpg"));
            Put($"clip/{frame}.jpg", frame is 2 or 7 ? photo[..5000] : photo);
        }

        Assert.Equal(3, Run("--sequence", _work["clip"]).ExitCode);
        byte[] whole = File.ReadAllBytes(_work["out/clip.jsonl"]);
        int[] ends = [.. whole.Select((value, i) => (value, i)).Where(pair => pair.value == '\n').Select(pair => pair.i + 1)];
        foreach (int cut in new[] { ends[0], ends[4] + 100, ends[7], whole.Length })
        {
            File.WriteAllBytes(_work["out/clip.jsonl"], whole[..cut]);
            (int exitCode, string output, _) = Run("--sequence", _work["clip"], "--resume");

            Assert.Equal(3, exitCode);
            Assert.Contains($"{ends.Count(end => end <= cut)} of them were there", output);
            Assert.Equal(whole, File.ReadAllBytes(_work["out/clip.jsonl"]));
        }

        Assert.DoesNotContain("were there", Run("--sequence", _work["clip"], "--resume", "--hand", "left").Output);
    }

    [Fact]
    public void Frames_get_meshes_and_vertices_on_request()
    {
        Put("clip/1.jpg", File.ReadAllBytes(Workspace.Photo));
        Assert.Equal(0, Run("--sequence", _work["clip"], "--format", "ply,obj", "--vertices", "--hand-size", "0.8", "--hand", "right").ExitCode);

        JsonElement hand = Lines("clip")[0].GetProperty("hands")[0];
        Assert.Equal(1360, hand.GetProperty("vertices").GetArrayLength());
        Assert.Equal("right", hand.GetProperty("handedness").GetString());
        Assert.True(File.Exists(_work["out/clip.1.ply"]) && File.Exists(_work["out/clip.1.obj"]));
    }

    [Fact]
    public void A_video_becomes_one_animated_glb_again_after_a_stop_too()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("clip/1.jpg", photo);
        Put("clip/2.jpg", photo[..5000]);
        Put("clip/3.jpg", photo);
        Assert.Equal(3, Run("--sequence", _work["clip"], "--format", "glb,obj").ExitCode);

        byte[] whole = File.ReadAllBytes(_work["out/clip.glb"]);
        string text = Encoding.UTF8.GetString(whole);
        Assert.Contains("\"animations\":", text);
        Assert.Contains("\"inverseBindMatrices\":", text);
        Assert.True(File.Exists(_work["out/clip.1.obj"]));
        Assert.False(File.Exists(_work["out/clip.1.glb"]));

        string[] lines = File.ReadAllLines(_work["out/clip.jsonl"]);
        File.WriteAllText(_work["out/clip.jsonl"], lines[0] + "\n");
        File.Delete(_work["out/clip.glb"]);
        (_, string output, _) = Run("--sequence", _work["clip"], "--format", "glb,obj", "--resume");
        Assert.Contains("clip.glb", output);
        Assert.Equal(whole, File.ReadAllBytes(_work["out/clip.glb"]));
        Assert.Equal(lines, File.ReadAllLines(_work["out/clip.jsonl"]));
    }

    [Fact]
    public void A_photo_gets_a_skeleton_and_rotations_on_request()
    {
        (int exitCode, _, _) = CommandRunner.Run(
            "predict", Workspace.Photo, "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", "--skeleton", "--rotations");

        Assert.Equal(0, exitCode);
        string name = Path.GetFileNameWithoutExtension(Workspace.Photo);
        Assert.Contains("\"skins\":", Encoding.UTF8.GetString(File.ReadAllBytes(_work[$"out/{name}.glb"])));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(_work[$"out/{name}.hands.json"]));
        Assert.Equal(25, document.RootElement.GetProperty("hands")[0].GetProperty("rotations").GetArrayLength());
    }

    [Fact]
    public void A_size_or_box_that_is_known_counts_in_a_sequence()
    {
        Put("clip/1.jpg", File.ReadAllBytes(Workspace.Photo));
        double Depth(params string[] more)
        {
            Assert.Equal(0, Run(["--sequence", _work["clip"], "--fov", "50", .. more]).ExitCode);
            return Lines("clip")[0].GetProperty("hands")[0].GetProperty("root")[2].GetDouble();
        }

        double single = Depth("--hand-size", "0.5");
        Assert.InRange(Depth("--hand-size", "1.0") / single, 1.9, 2.1);
        Depth("--box", "100,200,300,400");
        Assert.Equal(300, Lines("clip")[0].GetProperty("hands")[0].GetProperty("box").GetProperty("width").GetDouble());
    }

    [Fact]
    public void A_list_gives_every_line_what_it_knows_and_shards_add_up_to_the_whole()
    {
        Put("photos/p.jpg", File.ReadAllBytes(Workspace.Photo));
        string[] lines =
        [
            """{"file":"photos/p.jpg","camera":[600,600,240,320],"handedness":"right"}""",
            """{"file":"photos/p.jpg","camera":[900,900,240,320],"handSize":0.9}""",
            """{"file":"photos/missing.jpg"}""",
            """{"file":"photos/p.jpg","camera":[600,600,240,320],"distortion":[0.05,0.01,0,0,0]}""",
            """{"file":"photos/p.jpg","camera":[600,600,240,320],"lens":{"model":"fisheye","coefficients":[0.01,0,0,0]},"box":[100,200,300,400]}""",
        ];
        File.WriteAllLines(_work["all.jsonl"], lines);
        (int exitCode, _, string errors) = Run("--list", _work["all.jsonl"]);
        Assert.Equal(3, exitCode);
        Assert.Contains("missing.jpg: there is no such file", errors);
        JsonElement[] whole = Lines("all");
        Assert.Equal(["right", "left"], whole.Take(2).Select(line => line.GetProperty("hands")[0].GetProperty("handedness").GetString()));
        Assert.Equal(900, whole[1].GetProperty("camera").GetProperty("fx").GetDouble());
        Assert.Equal("brownConrady", whole[3].GetProperty("camera").GetProperty("lens").GetProperty("model").GetString());
        Assert.Equal(300, whole[4].GetProperty("hands")[0].GetProperty("box").GetProperty("width").GetDouble());

        Run("--list", _work["all.jsonl"], "--shard", "1/2");
        Run("--list", _work["all.jsonl"], "--shard", "2/2");
        IEnumerable<string> parts = File.ReadLines(_work["out/all.1-of-2.jsonl"]).Concat(File.ReadLines(_work["out/all.2-of-2.jsonl"]));
        Assert.Equal(File.ReadLines(_work["out/all.jsonl"]), parts.OrderBy(line => JsonDocument.Parse(line).RootElement.GetProperty("frame").GetInt32()));
    }

    [Theory]
    [InlineData("""{"file":"a.jpg","bax":[1,2,3,4]}""", "line 2: 'bax' is not known")]
    [InlineData("""{"file":"a.jpg","distortion":[1,2,3,4]}""", "line 2: the lens belongs to a 'camera'")]
    [InlineData("""{"file":"a.jpg","camera":[9,9,1,1],"lens":{"model":"bubble"}}""", "line 2: 'lens' names the model 'bubble'")]
    [InlineData("""{"file":"a.jpg","camera":[9,9,1,1],"lens":{}}""", "line 2:")]
    public void A_wrong_line_of_a_list_is_told_before_any_work(string line, string words)
    {
        File.WriteAllLines(_work["l.jsonl"], ["""{"file":"b.jpg"}""", line]);
        (int exitCode, _, string errors) = Run("--list", _work["l.jsonl"]);

        Assert.Equal(3, exitCode);
        Assert.Contains(words, errors);
    }

    [Fact]
    public void A_mirrored_or_turned_picture_is_turned_back()
    {
        RgbImage photo = RgbImage.Load(Workspace.Photo), stored = new(1, 1);
        stored.CopyFrom(photo.View with { Orientation = FrameOrientation.Turned(270, mirrored: true) });
        PngFile.Save(_work["selfie.png"], stored);
        PngFile.Save(_work["upright.png"], photo);
        string Hands(string name, params string[] more)
        {
            (int exitCode, string output, string errors) = CommandRunner.Run(
                ["predict", _work[name], "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", "--format", "obj", "--json", .. more]);
            Assert.True(exitCode == 0, errors);
            return JsonDocument.Parse(output).RootElement.GetProperty("hands").GetRawText();
        }

        // Turned by 270 degrees and then mirrored: turned by 270 once more and mirrored it is upright again.
        Assert.Equal(Hands("upright.png"), Hands("selfie.png", "--mirrored", "--orientation", "270"));
    }

    private (int ExitCode, string Output, string Errors) Run(params string[] args) =>
        CommandRunner.Run(["predict", "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", .. args]);

    private JsonElement[] Lines(string name) => [.. File.ReadLines(_work[$"out/{name}.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];

    private void Put(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work[name])!);
        File.WriteAllBytes(_work[name], content);
    }
}
