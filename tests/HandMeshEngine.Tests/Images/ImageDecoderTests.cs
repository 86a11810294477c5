using System.Security.Cryptography;

namespace HandMeshEngine.Tests.Images;

public sealed class ImageDecoderTests
{
    public static TheoryData<string> Names => [.. ImageFixture.All.Select(fixture => fixture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fixture_decodes_to_the_pixels_of_the_C_library(string name)
    {
        ImageFixture fixture = ImageFixture.Get(name);
        RgbImage image = RgbImage.Decode(fixture.File);
        ImageAssert.Equal(fixture, image);
        Assert.Equal(name.EndsWith(".png", StringComparison.Ordinal) ? ImageFormat.Png : ImageFormat.Jpeg, image.Info.Format);
    }

    [Fact]
    public void One_decoder_reads_every_fixture_in_any_order()
    {
        ImageDecoder decoder = new();
        foreach (ImageFixture fixture in ImageFixture.All.Concat(ImageFixture.All.Reverse()))
        {
            ImageAssert.Equal(fixture, decoder.Decode(fixture.File));
        }
    }

    [Fact]
    public void Every_committed_photo_decodes_to_the_pixels_of_libjpeg_turbo() =>
        AssertPhotos("committed-photos.tsv", Path.Combine(Repository.Root, "tests", "photos"));

    [Fact]
    public void Every_parity_photo_decodes_to_the_pixels_of_libjpeg_turbo()
    {
        string? root = Environment.GetEnvironmentVariable("HANDMESH_PARITY_DIR");
        Assert.SkipWhen(root is null, "HANDMESH_PARITY_DIR is not set: the photos may not be committed");
        AssertPhotos("parity-photos.tsv", Path.Combine(root, "mediapipe-hand"));
    }

    [Theory]
    [InlineData("baseline-420.jpg")]
    [InlineData("baseline-440.jpg")]
    [InlineData("restart-each-unit.jpg")]
    [InlineData("progressive-420.jpg")]
    [InlineData("many-scans.jpg")]
    [InlineData("orientation-6.jpg")]
    public void Decoding_a_jpeg_of_the_same_size_again_allocates_nothing(string name)
    {
        byte[] file = ImageFixture.Get(name).File;
        ImageDecoder decoder = new();
        decoder.Decode(file);
        decoder.Decode(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            decoder.Decode(file);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Decoding_a_png_again_allocates_a_small_constant()
    {
        byte[] file = PngEncoder.Encode(new RgbImage(640, 480));
        ImageDecoder decoder = new();
        decoder.Decode(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_384);
    }

    [Fact]
    public void A_decoder_goes_on_after_a_bad_file()
    {
        ImageFixture good = ImageFixture.Get("progressive-420.jpg");
        ImageDecoder decoder = new();
        Assert.Throws<ImageException>(() => decoder.Decode(ImageFixture.Get("many-scans.jpg").File.AsSpan(0, 900)));
        Assert.Throws<ImageException>(() => decoder.Decode(ImageFixture.Get("rgb-8.png").File.AsSpan(0, 200)));
        ImageAssert.Equal(good, decoder.Decode(good.File));
    }

    [Fact]
    public void A_loaded_file_equals_its_bytes_decoded()
    {
        ImageFixture fixture = ImageFixture.Get("baseline-444.jpg");
        ImageAssert.Equal(fixture, RgbImage.Load(Path.Combine(ImageFixture.Folder, fixture.Name)));
    }

    /// <param name="table">Lists path, width, height and the SHA-256 of the pixels.</param>
    /// <param name="root">The folder of the paths.</param>
    private static void AssertPhotos(string table, string root)
    {
        ImageDecoder decoder = new();
        foreach (string[] fields in ImageFixture.Lines(table))
        {
            RgbImage image = decoder.Load(Path.Combine(root, fields[0]));
            string digest = Convert.ToHexStringLower(SHA256.HashData(image.Pixels));
            Assert.Equal(string.Join('\t', fields), $"{fields[0]}\t{image.Width}\t{image.Height}\t{digest}");
        }
    }
}
