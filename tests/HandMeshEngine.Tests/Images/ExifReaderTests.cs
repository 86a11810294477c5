namespace HandMeshEngine.Tests.Images;

public sealed class ExifReaderTests
{
    /// <summary>Orientations 1 and 2 lie along the stored axes, and are written in the two byte orders.</summary>
    [Theory]
    [InlineData("orientation-1.jpg")]
    [InlineData("orientation-2.jpg")]
    public void Lens_and_focal_plane_are_reported(string name)
    {
        ImageInfo info = RgbImage.Decode(ImageFixture.Get(name).File).Info;
        Assert.Equal(4.25, info.FocalLengthMm);
        Assert.Equal(27, info.FocalLengthIn35mmFilm);
        Assert.Equal((400, 500), (info.FocalPlanePixelsPerMmX, info.FocalPlanePixelsPerMmY)); // 4000 and 5000 per centimetre
        Assert.Equal((410, 290), (info.ExifWidth, info.ExifHeight));
    }

    [Theory]
    [InlineData("orientation-5.jpg")]
    [InlineData("orientation-6.jpg")]
    [InlineData("orientation-7.jpg")]
    [InlineData("orientation-8.jpg")]
    [InlineData("orientation-6.png")]
    public void A_turned_picture_swaps_the_numbers_of_its_axes(string name)
    {
        ImageInfo info = RgbImage.Decode(ImageFixture.Get(name).File).Info;
        Assert.Equal((500, 400), (info.FocalPlanePixelsPerMmX, info.FocalPlanePixelsPerMmY));
        Assert.Equal((290, 410), (info.ExifWidth, info.ExifHeight));
    }

    [Fact]
    public void A_picture_without_exif_reports_nothing()
    {
        Assert.Equal(
            new ImageInfo { Format = ImageFormat.Jpeg, Orientation = 1 },
            RgbImage.Decode(ImageFixture.Get("baseline-420.jpg").File).Info);
    }

    /// <summary>The block of the fixture, with each byte in turn set to zero and to ones, and cut at each length.</summary>
    [Fact]
    public void Damaged_exif_is_left_out_but_never_throws()
    {
        byte[] jpeg = ImageFixture.Get("orientation-6.jpg").File;
        int start = jpeg.AsSpan().IndexOf("Exif"u8) + 6;
        byte[] block = jpeg[start..(start + 8 + 30 + 90 + 24)];
        for (int i = 0; i < block.Length; i++)
        {
            foreach (byte value in (byte[])[0, 0xff])
            {
                byte[] damaged = [.. block];
                damaged[i] = value;
                Assert.InRange(ExifReader.Read(damaged, default).Orientation, 0, 8);
            }

            Assert.InRange(ExifReader.Read(block.AsSpan(0, i), default).Orientation, 0, 8);
        }
    }
}
