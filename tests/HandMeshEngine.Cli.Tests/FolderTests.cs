using HandMeshEngine.Cli.Prediction.Inputs;
using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Real folders: other files between the pictures, results of earlier runs, names of every form.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("1.jpg 2.jpg 10.jpg 11.jpg")]
    [InlineData("frame_9998.jpg frame_9999.jpg frame_10000.jpg")]
    [InlineData("img-7-left.png img-08-left.png img-9-left.png img-10-left.png")]
    [InlineData("1403636579763555584.png 1403636579813555456.png 11403636579763555584.png")]
    [InlineData("1305031102.175304.png 1305031102.2.png 1305031102.25.png 1305031103.1.png")]
    [InlineData("0.0.png 0.033.png 0.1.png 1.png", "decimal point")]
    [InlineData("2024-01-09_10.00.00.jpg 2024-1-10_9.00.00.jpg")]
    [InlineData("cam1_1.jpg cam1_2.jpg cam2_1.jpg cam2_2.jpg")]
    [InlineData("a1.jpg b1.jpg", "different forms")]
    [InlineData("f1.jpg f01.jpg", "the same number")]
    [InlineData("shot 1.5.jpg shot 1.25.jpg", "decimal point")]
    [InlineData("apple.jpg banana.jpg", "different forms")]
    public void Frames_come_by_their_numbers_and_doubt_is_said(string names, string? doubt = null)
    {
        string[] expected = names.Replace("shot 1", "shot_1", StringComparison.Ordinal).Split(' ');
        string[] files = [.. expected.Order(StringComparer.Ordinal)];
        string? said = NaturalOrder.Sort(files);

        if (doubt is null)
        {
            Assert.Equal(expected, files);
            Assert.Null(said);
        }
        else
        {
            Assert.Contains(doubt, said);
        }
    }

    [Fact]
    public void A_folder_is_read_by_content_and_what_is_passed_over_is_counted_and_named()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("a.jfif", photo);
        Put("no ending", photo);
        Put("b.dat", photo);
        Put("c.heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8]);
        Put("d.mp4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0, .. "isomavc1"u8]);
        Put("._a.jfif", [0, 5, 0x16, 7, 0, 2, 0, 0]);
        Put("notes.txt", "remember"u8.ToArray());
        PngFile.SaveDrawing(_work["in/renamed.png"], new RgbImage(8, 8));
        Directory.CreateDirectory(_work["in/more"]);

        FolderContents contents = FolderContents.Of(_work["in"]);
        Assert.Equal(["a.jfif", "b.dat", "no ending"], contents.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string words in new[]
        {
            "1 x HEIC picture (c.heic: save it as JPEG or PNG)", "1 x video (MP4) (d.mp4: give it to handmesh predict", "1 x hidden file (._a.jfif)",
            "1 x other file (notes.txt)", "1 x result of handmesh (renamed.png)", "1 x folder (more:",
        })
        {
            Assert.Contains(words, contents.PassedOver);
        }
    }

    [Fact]
    public void A_folder_without_pictures_says_what_it_holds()
    {
        Put("c.avif", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8]);
        (int exitCode, _, string errors) = Predict(_work["in"]);

        Assert.Equal(3, exitCode);
        Assert.Contains("the folder holds no picture, only 1 x AVIF picture (c.avif", errors);
    }

    [Fact]
    public void A_second_run_does_not_read_what_the_first_drew_and_same_stems_stand_side_by_side()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("a.jpg", photo);
        Put("a.jpeg", photo);
        for (int run = 0; run < 2; run++)
        {
            (int exitCode, _, string errors) = CommandRunner.Run("predict", _work["in"], "--out", _work["in"], "--device", "cpu", "--variant", "lite");
            Assert.True(exitCode == 0, errors);
            Assert.Equal(8, Directory.GetFiles(_work["in"]).Length);
        }

        Assert.True(File.Exists(_work["in/a.jpg.glb"]) && File.Exists(_work["in/a.jpeg.overlay.png"]));
        Assert.Contains("is a drawing of an earlier run", Predict(_work["in/a.jpg.overlay.png"], _work["in/a.jpg"]).Errors);
        Assert.Equal(3, Predict(_work["in/a.jpg.overlay.png"]).ExitCode);
    }

    [Fact]
    public void A_bad_photo_and_a_result_that_cannot_be_written_stop_nothing_else()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("a.jpg", photo[..9000]);
        Put("b.jpg", photo);
        Put("c.jpg", photo);
        Directory.CreateDirectory(_work["out/b.glb"]);
        (int exitCode, string output, string errors) = CommandRunner.Run(
            "predict", _work["in"], "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", "--format", "glb,obj");

        Assert.Equal(4, exitCode);
        Assert.Contains("a.jpg: the JPEG is truncated", errors);
        Assert.Contains("b.glb: the file cannot be written (it is a folder)", errors);
        Assert.True(File.Exists(_work["out/b.obj"]) && File.Exists(_work["out/c.glb"]));
        Assert.Contains("3 photos, hands in 2, 1 could not be read", output);
    }

    [Fact]
    public void Resume_keeps_what_is_current_and_redoes_what_is_not()
    {
        byte[] photo = File.ReadAllBytes(Workspace.Photo);
        Put("a.jpg", photo);
        Put("b.jpg", photo);
        (int ExitCode, string Output, string Errors) Run(params string[] more) =>
            CommandRunner.Run(["predict", _work["in"], "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", "--format", "json", .. more]);
        Assert.Equal(0, Run().ExitCode);
        Assert.Contains("2 of them were there", Run("--resume").Output);

        File.SetLastWriteTimeUtc(_work["in/b.jpg"], DateTime.UtcNow.AddMinutes(1));
        Assert.Contains("1 of them were there", Run("--resume").Output);
        Assert.DoesNotContain("were there", Run("--resume", "--fov", "60").Output);
    }

    private (int ExitCode, string Output, string Errors) Predict(params string[] inputs) =>
        CommandRunner.Run(["predict", .. inputs, "--out", _work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay"]);

    private void Put(string name, byte[] content)
    {
        Directory.CreateDirectory(_work["in"]);
        File.WriteAllBytes(_work["in/" + name], content);
    }
}
