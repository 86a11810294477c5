using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.ImageSharp.Tests;

/// <summary>Files of six more formats, good and hostile.</summary>
public sealed class ImageFileTests
{
    public static TheoryData<string> Formats => EncodedFiles.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_of_each_format_has_the_pixels_that_were_written(string format)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(67, 45);
        RgbImage read = new ImageFileDecoder().Decode(EncodedFiles.Encode(image, format)), expected = image.ToRgbImage();

        Assert.Equal((67, 45), (read.Width, read.Height));
        if (format == "gif")
        {
            // 256 colours.
            Assert.True(Difference(read, expected) < 12, $"{Difference(read, expected)}");
        }
        else
        {
            Assert.Equal(expected.Pixels.ToArray(), read.Pixels.ToArray());
        }
    }

    [Fact]
    public void Jpeg_and_png_are_decoded_by_the_engine_itself()
    {
        string photo = Path.Combine(RepositoryFolder.Require(), "tests", "photos", "pointing.jpg");
        Assert.Equal(RgbImage.Load(photo).Pixels.ToArray(), new ImageFileDecoder().Load(photo).Pixels.ToArray());
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("tiff")]
    public void Exif_turns_the_picture_and_gives_the_focal_length(string format)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(20, 10);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        exif.SetValue(ExifTag.FocalLengthIn35mmFilm, (ushort)28);
        image.Metadata.ExifProfile = exif;
        image.Frames.RootFrame.Metadata.ExifProfile = exif.DeepClone();
        RgbImage upright = new ImageFileDecoder().Decode(EncodedFiles.Encode(image, format));

        Assert.Equal((10, 20, 6), (upright.Width, upright.Height, upright.Info.Orientation));
        // Turned clockwise: the left column from below is the top row.
        Rgb24 corner = image[0, 9];
        Assert.Equal([corner.R, corner.G, corner.B], upright.Row(0)[..3].ToArray());
        Assert.Equal(28, upright.Info.FocalLengthIn35mmFilm);
        Assert.Equal(CameraSource.Exif, Camera.FromExif(upright)!.Source);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_ends_early_gets_one_sentence_or_what_there_is_of_it(string format)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(64, 48);
        byte[] file = EncodedFiles.Encode(image, format);
        foreach (int length in new[] { 19, 30, 60, file.Length / 4, file.Length / 2, file.Length - 1 })
        {
            RequireSentence(file[..length], $"{format} cut at {length}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_header_that_declares_gigapixels_is_refused_before_anything_is_allocated(string format)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(64, 48);
        byte[] file = Enlarge(EncodedFiles.Encode(image, format), format);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var exception = Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(file));

        Assert.Contains("scale the picture down", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);

        // The process's count, as the decoder has a thread of its own: other tests add to it, but not the gigabytes of such a picture.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 500_000_000);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_with_changed_bytes_never_ends_in_anything_but_pixels_or_a_sentence(string format)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(40, 30);
        byte[] good = EncodedFiles.Encode(image, format);
        var random = new Random(7);
        for (int i = 0; i < 150; i++)
        {
            byte[] file = [.. good];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                // Headers decide most.
                file[random.Next(2) == 0 ? random.Next(Math.Min(64, file.Length)) : random.Next(file.Length)] = (byte)random.Next(256);
            }

            RequireSentence(file, $"{format}, change {i} of seed 7");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_tiff_compression_with_known_flaws_is_refused_before_it_is_decoded(int compression)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(16, 16);
        byte[] file = EncodedFiles.Encode(image, "tiff");
        SetTiffTag(file, 259, (uint)compression);

        Assert.Contains($"(compression {compression};", Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(file)).Message);
    }

    [Fact]
    public void A_real_fax_tiff_is_refused()
    {
        using Image<Rgb24> image = EncodedFiles.Picture(16, 16);
        using var stream = new MemoryStream();
        image.Save(stream, new TiffEncoder { Compression = TiffCompression.CcittGroup3Fax, BitsPerPixel = TiffBitsPerPixel.Bit1 });

        Assert.Contains("compression 3", Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(stream.ToArray())).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_animated_webp_is_refused_whether_or_not_its_header_says_so(bool isSaid)
    {
        using Image<Rgb24> image = EncodedFiles.Picture(20, 10);
        byte[] file = EncodedFiles.AnimatedWebp(EncodedFiles.Encode(image, "webp"), 20, 10, isSaid);

        ImageException refused = Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(file));
        Assert.Contains("animation", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gif_of_several_frames_gives_the_first()
    {
        using Image<Rgb24> first = EncodedFiles.Picture(20, 10), both = EncodedFiles.Picture(20, 10);
        using var black = new Image<Rgb24>(20, 10);
        both.Frames.AddFrame(black.Frames.RootFrame);

        RgbImage read = new ImageFileDecoder().Decode(EncodedFiles.Encode(both, "gif"));
        Assert.Equal(new ImageFileDecoder().Decode(EncodedFiles.Encode(first, "gif")).Pixels.ToArray(), read.Pixels.ToArray());
    }

    [Fact]
    public void A_bmp_whose_pixels_lie_behind_its_end_is_refused()
    {
        using Image<Rgb24> image = EncodedFiles.Picture(16, 16);
        byte[] file = EncodedFiles.Encode(image, "bmp");
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(10), 0x7fffffff);

        Assert.Contains("begin at byte 2147483647", Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(file)).Message);
    }

    [Fact]
    public void A_cancelled_call_ends_as_cancelled_and_a_late_one_with_a_sentence()
    {
        using Image<Rgb24> image = EncodedFiles.Picture(16, 16);
        byte[] file = EncodedFiles.Encode(image, "gif");

        Assert.ThrowsAny<OperationCanceledException>(() => new ImageFileDecoder().Decode(file, new CancellationToken(canceled: true)));
        var late = new ImageFileDecoder(new ImageFileLimits { MaxTime = TimeSpan.Zero });
        Assert.Contains("takes longer than 0 s", Assert.Throws<ImageException>(() => late.Decode(file)).Message);
    }

    [Fact]
    public void Limits_of_the_caller_hold()
    {
        using Image<Rgb24> image = EncodedFiles.Picture(20, 20);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, EncodedFiles.Encode(image, "bmp"));
            Assert.Contains("but 1 to 399 are read", Assert.Throws<ImageException>(() => new ImageFileDecoder(new ImageFileLimits { MaxPixels = 399 }).Load(path)).Message);
            Assert.Contains("more than the limit of 100", Assert.Throws<ImageException>(() => new ImageFileDecoder(new ImageFileLimits { MaxFileBytes = 100 }).Load(path)).Message);
            Assert.Equal(20, new ImageFileDecoder(new ImageFileLimits { MaxPixels = 400 }).Load(path).Width);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Another_file_is_named_for_what_it_is_not()
    {
        Assert.Contains(
            "none of JPEG, PNG, WebP, BMP, TIFF, TGA, PBM and GIF (it starts with 0102030405060708)",
            Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 })).Message);
        Assert.Contains("PDF", Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode("%PDF-1.7 and more"u8.ToArray())).Message);
        Assert.Contains("the file is empty", Assert.Throws<ImageException>(() => new ImageFileDecoder().Decode(Array.Empty<byte>())).Message);
        Assert.Contains("there is no such file", Assert.Throws<ImageException>(() => new ImageFileDecoder().Load("nowhere.webp")).Message);
    }

    private static void RequireSentence(byte[] file, string what)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            new ImageFileDecoder().Decode(file);
        }
        catch (ImageException exception)
        {
            Assert.False(exception.Message.Contains('\n', StringComparison.Ordinal), exception.Message);
            Assert.False(exception.Message.Contains("takes longer", StringComparison.Ordinal), what);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}: {exception}");
        }
    }

    private static double Difference(RgbImage a, RgbImage b)
    {
        double sum = 0;
        for (int i = 0; i < a.Pixels.Length; i++)
        {
            sum += Math.Abs(a.Pixels[i] - b.Pixels[i]);
        }

        return sum / a.Pixels.Length;
    }

    private static byte[] Enlarge(byte[] file, string format)
    {
        switch (format)
        {
            case "bmp":
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 30_000);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 30_000);
                return file;
            case "gif":
                file.AsSpan(6, 4).Fill(255);
                return file;
            case "tga":
                file.AsSpan(12, 4).Fill(255);
                return file;
            case "pbm":
                return [.. Encoding.ASCII.GetBytes("P6 100000 100000 255\n"), .. file];
            case "webp":
                // VP8L behind its signature byte: 14 bits of width, 14 of height.
                int at = file.AsSpan().IndexOf("VP8L"u8) + 9;
                file.AsSpan(at, 3).Fill(255);
                file[at + 3] |= 0x0f;
                return file;
            default:
                SetTiffTag(file, 256, 100_000);
                SetTiffTag(file, 257, 100_000);
                return file;
        }
    }

    private static void SetTiffTag(byte[] file, ushort tag, uint value)
    {
        int directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory));
        for (int at = directory + 2; count > 0; count--, at += 12)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at)) == tag)
            {
                bool isLong = value > ushort.MaxValue;
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 2), isLong ? (ushort)4 : (ushort)3);
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 8), value);
                return;
            }
        }

        Assert.Fail($"no tag {tag}");
    }
}
