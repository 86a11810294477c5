using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.Cli.Tests;

/// <summary>Files that ImageSharp reads simply work in the command.</summary>
public sealed class MoreFormatsTests
{
    [Fact]
    public void A_folder_of_every_format_gives_the_same_hand_in_each()
    {
        using var work = new Workspace();
        RgbImage photo = RgbImage.Load(Workspace.Photo);
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(photo.Pixels.ToArray(), photo.Width, photo.Height);
        Directory.CreateDirectory(work["photos"]);
        image.SaveAsWebp(work["photos/a.webp"], new SixLabors.ImageSharp.Formats.Webp.WebpEncoder { FileFormat = SixLabors.ImageSharp.Formats.Webp.WebpFileFormatType.Lossless });
        image.SaveAsBmp(work["photos/b.BMP"]);
        image.SaveAsTiff(work["photos/c.tif"]);
        image.SaveAsTga(work["photos/d.tga"]);
        image.Save(work["photos/e.ppm"], new SixLabors.ImageSharp.Formats.Pbm.PbmEncoder { ColorType = SixLabors.ImageSharp.Formats.Pbm.PbmColorType.Rgb });

        (int exitCode, string output, string errors) = CommandRunner.Run(
            "predict", work["photos"], "-o", work["out"], "--device", "cpu", "--variant", "lite", "--no-overlay", "--format", "obj");
        Assert.True(exitCode == 0, errors);
        byte[][] meshes = [.. "abcde".Select(name => File.ReadAllBytes(work[$"out/{name}.obj"]))];
        Assert.All(meshes, mesh => Assert.Equal(meshes[0], mesh));
        Assert.True(meshes[0].Length > 10_000, output);
    }

    [Theory]
    [InlineData("photo.webp", "RIFF\u0001\u0001\u0001\u0001WEBPVP8L")]
    [InlineData("photo.gif", "GIF89a\u0001\u0001")]
    [InlineData("photo.tiff", "II*\0")]
    [InlineData("photo.bmp", "BM")]
    [InlineData("photo.jpg", "%PDF-1.7")]
    public void A_file_that_only_begins_like_a_picture_gets_one_sentence(string name, string text)
    {
        using var work = new Workspace();
        File.WriteAllText(work[name], text);
        (int exitCode, string output, string errors) = CommandRunner.Run("predict", work[name], "-o", work["out"], "--device", "cpu", "--variant", "lite");

        Assert.Equal(3, exitCode);
        Assert.Contains(name + ": ", errors);
        Assert.Single(errors.Trim().Split('\n'), line => !line.Contains("note", StringComparison.Ordinal));
        Assert.DoesNotContain("pictures", output);
    }
}
