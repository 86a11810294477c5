using HandMeshEngine.Tests.Images;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>What a picture may ask for, and what its EXIF may say.</summary>
public sealed class PictureBudgetTests
{
    [Theory]
    [InlineData(false, 8192, 8192, 2, null)]
    [InlineData(false, 8192, 8192, 1, "320 MiB")]
    [InlineData(true, 8192, 8192, 2, "320 MiB")]
    [InlineData(true, 8000, 5000, 2, null)]
    [InlineData(true, 6000, 4000, 1, null)]
    [InlineData(false, 9000, 9000, 2, "67108864")]
    public void What_decoding_would_take_is_reckoned_from_the_header(bool progressive, int width, int height, int factor, string? expected)
    {
        // Only the header: what is announced decides before the scan is looked for.
        byte marker = (byte)(progressive ? 0xc2 : 0xc0);
        byte[] file =
        [
            0xff, 0xd8, 0xff, marker, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3,
            1, (byte)((factor << 4) | factor), 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9,
        ];

        string problem = Assert.Throws<ImageException>(() => RgbImage.Decode(file)).Message;

        Assert.Contains(expected ?? "JPEG", problem);
        Assert.Equal(expected is not null, problem.Contains("limit", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_sets_lower_limits()
    {
        byte[] file = ImageFixture.Get("baseline-420.jpg").File;
        RgbImage sound = RgbImage.Decode(file);

        int pixels = sound.Width * sound.Height;
        RgbImage.Decode(file, new ImageLimits { Pixels = pixels });
        Assert.Contains($"limit of {pixels - 1}", Assert.Throws<ImageException>(() => RgbImage.Decode(file, new ImageLimits { Pixels = pixels - 1 })).Message);
        Assert.Contains("ImageLimits.Memory", Assert.Throws<ImageException>(() => RgbImage.Decode(file, new ImageLimits { Memory = pixels })).Message);
        string path = Path.Combine(ImageFixture.Folder, "baseline-420.jpg");
        Assert.Contains("limit of 99", Assert.Throws<ImageException>(() => RgbImage.Load(path, new ImageLimits { FileBytes = 99 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { Pixels = ImageLimits.MostPixels + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageLimits { Memory = 0 });
    }

    /// <summary>The EXIF directory's offset as a rational over zero, a number over zero, and beyond 32 bits.</summary>
    [Theory]
    [InlineData(1u, 0u)]
    [InlineData(0u, 0u)]
    [InlineData(uint.MaxValue, 1u)]
    public void A_pointer_stored_as_a_rational_is_no_pointer(uint numerator, uint denominator)
    {
        byte[] tiff = new byte[64];
        "II*\0"u8.CopyTo(tiff);
        tiff[4] = 8;
        tiff[8] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(10), 0x8769);
        tiff[12] = 5;
        tiff[14] = 1;
        tiff[18] = 40;
        BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(40), numerator);
        BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(44), denominator);

        Assert.Null(ExifReader.Read(tiff, default).FocalLengthIn35mmFilm);
    }

    [Theory]
    [InlineData(27, true)]
    [InlineData(0.5, false)]
    [InlineData(65535, false)]
    [InlineData(1e300, false)]
    [InlineData(double.NaN, false)]
    public void A_focal_length_that_no_lens_has_gives_no_camera(double millimetres, bool expected)
    {
        var image = new RgbImage(640, 480);
        image.Info = image.Info with { FocalLengthIn35mmFilm = millimetres };

        Assert.Equal(expected, Camera.FromExif(image) is not null);
    }

    [Fact]
    public void A_deflate_stream_with_a_preset_dictionary_is_refused_as_damage()
    {
        byte[] png = [.. ImageFixture.Get(ImageFixture.OfType(".png").First().Name).File];
        int data = png.AsSpan().IndexOf("IDAT"u8) + 4;
        (png[data], png[data + 1]) = (0x78, 0x20); // a window of 32 KiB, and the flag for a dictionary
        PngRepair.FixCheckSums(png);

        Assert.Contains("cannot be inflated", Assert.Throws<ImageException>(() => RgbImage.Decode(png)).Message);
    }
}
