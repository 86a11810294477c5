using System.Security.Cryptography;

namespace HandMeshEngine.Tests.Images;

/// <summary>Files with a flaw where the picture itself is whole: its pixels, and a note.</summary>
public sealed class FlawTests
{
    private static readonly byte[] _trailer = [0, 0, 1, 10, 14, 0, 0, 0, .. "Trailer"u8, .. Enumerable.Range(1, 255).Select(i => (byte)i)];

    [Theory]
    [InlineData("baseline-420.jpg")]
    [InlineData("progressive-420-33x17.jpg")]
    [InlineData("separate-scans.jpg")]
    [InlineData("grey.jpg")]
    public void A_jpeg_without_an_end_or_with_something_else_before_it_is_decoded_with_a_note(string name)
    {
        ImageFixture fixture = ImageFixture.Get(name);
        byte[] open = fixture.File[..^2];
        foreach (byte[] end in new byte[][] { [], _trailer, [0xff], [0xff, 0xda, 0, 3, 9, 0xff, 0xd9], [.. open[2..], 0xff, 0xd9], new byte[700] })
        {
            RgbImage image = RgbImage.Decode([.. open, .. end]);
            Assert.Equal(fixture.Pixels, image.Pixels.ToArray());
            Assert.Contains("the picture is whole", Assert.Single(image.Info.Notes));
        }

        Assert.Empty(RgbImage.Decode(fixture.File).Info.Notes);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_jpeg_that_miscounts_its_restart_markers_is_decoded_with_a_note(int shift)
    {
        ImageFixture fixture = ImageFixture.Get("restart-each-unit.jpg");
        byte[] file = Shifted(fixture.File, shift);

        RgbImage image = RgbImage.Decode(file);
        Assert.Equal(fixture.Pixels, image.Pixels.ToArray());
        Assert.Contains("miscounts its restart markers", Assert.Single(image.Info.Notes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_restart_marker_that_speaks_of_a_lost_or_repeated_interval_is_refused(int shift) =>
        ImageAssert.Refused(Shifted(ImageFixture.Get("restart-each-unit.jpg").File, shift), "restart marker");

    private static byte[] Shifted(byte[] file, int shift)
    {
        byte[] shifted = [.. file];
        for (int i = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xff, 0xda]); i + 1 < file.Length; i++)
        {
            if (file[i] == 0xff && (file[i + 1] & 0xf8) == 0xd0)
            {
                shifted[i + 1] = (byte)(0xd0 | ((file[i + 1] + shift) & 7));
            }
        }

        Assert.NotEqual(file, shifted);
        return shifted;
    }

    [Fact]
    public void A_progressive_jpeg_that_ends_before_its_last_scan_is_refused()
    {
        byte[] file = ImageFixture.Get("progressive-420-33x17.jpg").File;
        int last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xff, 0xda]);
        ImageAssert.Refused(file[..last], "truncated", "end marker");
    }

    [Fact]
    public void A_png_with_a_flaw_that_costs_no_pixel_is_decoded_with_a_note()
    {
        ImageFixture fixture = ImageFixture.Get("rgb-8-pieces.png");
        byte[] file = fixture.File;
        byte[] text = [0, 0, 0, 3, .. "tEXt"u8, 65, 0, 66, 1, 2, 3, 4];
        byte[][] flawed = [file[..^12], file[..^5], [.. file[..^1], 0], [.. file[..33], .. text, .. file[33..]], [.. file[..^12], 255, 255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8]];
        foreach (byte[] bytes in flawed)
        {
            RgbImage image = RgbImage.Decode(bytes);
            Assert.Equal(fixture.Pixels, image.Pixels.ToArray());
            Assert.Single(image.Info.Notes);
        }

        byte[] wrong = [.. file];
        wrong[29] ^= 1; // the header's check sum
        ImageAssert.Refused(wrong, "wrong check sum");
    }

    [Fact]
    public void Cmyk_is_decoded_as_readers_on_libjpeg_turbo_do()
    {
        byte[] file = ImageFixture.Read("refused/cmyk.jpg");
        Assert.Equal("7fea55568e9baa14", Hash(file)); // of what Pillow makes of it, as below
        int adobe = file.AsSpan().IndexOf("Adobe"u8);
        file[adobe + 11] = 2;
        Assert.Equal("168def97ca7875b5", Hash(file));
    }

    [Fact]
    public void Dim_16_bit_grey_is_told_and_stretched_on_request()
    {
        byte[] file = Grey16(4, 1, [0, 256, 512, 1023]);
        RgbImage dim = new ImageDecoder().Decode(file);
        Assert.Equal([0, 1, 2, 3], Reds(dim));
        Assert.Contains("no value above 1023 of 65535", Assert.Single(dim.Info.Notes));

        RgbImage bright = new ImageDecoder { StretchGray16 = true }.Decode(file);
        Assert.Equal([0, 64, 128, 255], Reds(bright));
        Assert.Empty(bright.Info.Notes);
        Assert.Empty(RgbImage.Decode(Grey16(2, 1, [0, 40000])).Info.Notes);
    }

    private static byte[] Grey16(int width, int height, ushort[] values)
    {
        byte[] rows = [.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. values.Skip(y * width).Take(width).SelectMany(v => (byte[])[(byte)(v >> 8), (byte)v])])];
        using var deflated = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(deflated, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        byte[] data = deflated.ToArray();
        byte[] file =
        [
            0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, (byte)width, 0, 0, 0, (byte)height, 16, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, (byte)data.Length, .. "IDAT"u8, .. data, 0, 0, 0, 0, 0, 0, 0, 0, .. "IEND"u8, 0, 0, 0, 0,
        ];
        PngRepair.FixCheckSums(file);
        return file;
    }

    private static byte[] Reds(RgbImage image) => [.. Enumerable.Range(0, image.Width).Select(x => image.Pixels[3 * x])];

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(RgbImage.Decode(file).Pixels))[..16];
}
