namespace HandMeshEngine.Tests.Images;

public sealed class JpegDecoderTests
{
    /// <summary>One grey block whose scans all consist of the single code for "the block ends here".</summary>
    private static readonly byte[] _start =
    [
        0xff, 0xd8,
        0xff, 0xdb, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
        0xff, 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
        0xff, 0xc4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private static readonly byte[] _end = [0xff, 0xd9];

    [Fact]
    public void Many_scans_are_read_up_to_the_limit()
    {
        byte[] scans = [.. LongProgression().Take(256).SelectMany(scan => scan)];
        byte[] pixels = RgbImage.Decode([.. _start, .. scans, .. _end]).Pixels.ToArray();
        Assert.All(pixels, value => Assert.Equal(128, value));
    }

    [Fact]
    public void More_scans_than_the_limit_are_refused()
    {
        byte[] scans = [.. LongProgression().Take(257).SelectMany(scan => scan)];
        ImageAssert.Refused([.. _start, .. scans, .. _end], "more than 256 scans", "byte");
    }

    /// <summary>A megapixel of grey whose scans end the band of all its blocks in a single code each.</summary>
    [Fact]
    public void Scans_that_visit_far_more_blocks_than_the_file_has_bytes_are_refused()
    {
        byte[] start = [.. _start];
        int header = start.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc2]);
        start[header + 5] = start[header + 7] = 4; // 1032x1032 pixels, 16641 blocks
        start[^1] = 0xe0; // the only AC code ends 2^14 blocks and as many more as 14 bits say
        byte[] first = [.. LongProgression().First()[..^1], .. new byte[(16641 / 8) + 1]];
        byte[] others = [.. LongProgression().Skip(1).SelectMany(scan => (byte[])[.. scan[..^1], 0x7f, 0xff, 0x00, 0xff, 0x00])];
        ImageAssert.Refused([.. start, .. first, .. others, .. _end], "far more work than its size explains", "byte");
    }

    [Fact]
    public void A_scan_that_repeats_another_is_refused()
    {
        ImageAssert.Refused([.. _start, .. Scan(0, 0, 0, 0), .. Scan(0, 0, 0, 0), .. _end], "breaks the order of progressive scans", "byte");
        ImageAssert.Refused([.. _start, .. Scan(0, 0, 0, 1), .. Scan(1, 5, 0, 0), .. Scan(4, 9, 0, 0), .. _end], "coefficient 4");
    }

    [Fact]
    public void A_refinement_of_what_never_came_is_refused()
    {
        ImageAssert.Refused([.. _start, .. Scan(1, 5, 0, 0), .. _end], "before its first scan");
        ImageAssert.Refused([.. _start, .. Scan(0, 0, 0, 2), .. Scan(0, 0, 1, 0), .. _end], "breaks the order");
    }

    [Theory]
    [InlineData(1, 64, 0)]
    [InlineData(5, 4, 0)]
    [InlineData(0, 5, 0)]
    [InlineData(0, 0, 14)]
    public void Impossible_coefficients_are_refused(int first, int last, int bit) =>
        ImageAssert.Refused([.. _start, .. Scan(0, 0, 0, 1), .. Scan(first, last, 0, bit), .. _end], "impossible coefficients");

    [Fact]
    public void A_picture_without_a_scan_is_refused() => ImageAssert.Refused([.. _start, .. _end], "without the image data");

    [Fact]
    public void A_file_of_two_markers_is_refused() => ImageAssert.Refused([0xff, 0xd8, 0xff, 0xd9], "without a picture");

    [Fact]
    public void A_scan_before_the_frame_is_refused() =>
        ImageAssert.Refused([0xff, 0xd8, .. Scan(0, 0, 0, 0), .. _end], "no frame header");

    [Fact]
    public void A_wrong_restart_marker_is_refused_with_both_markers()
    {
        byte[] file = ImageFixture.Get("restart-each-unit.jpg").File;
        int second = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xd1]);
        file[second + 1] = 0xd3;
        ImageAssert.Refused(file, "ffd3", "ffd1", $"byte {second}");
    }

    [Fact]
    public void A_marker_amid_the_image_data_is_refused_with_its_place()
    {
        byte[] file = ImageFixture.Get("baseline-444.jpg").File;
        file[^200] = 0xff;
        file[^199] = 0xd9;
        ImageAssert.Refused(file, "ffd9", $"byte {file.Length - 200}", "before its image data is complete");
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xc4, 0, 20, 0x00, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xff, 0xc4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16 })]
    [InlineData(new byte[] { 0xff, 0xc4, 0, 20, 0x25, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xff, 0xc4, 0, 5, 0, 1, 0 })]
    public void A_huffman_table_that_makes_no_sense_is_refused(byte[] table) =>
        ImageAssert.Refused([.. _start, .. table, .. Scan(0, 0, 0, 0), .. _end], "Huffman table", "byte");

    [Fact]
    public void A_quantisation_table_must_be_there()
    {
        byte[] file = [.. _start, .. Scan(0, 0, 0, 0), .. _end];
        file[file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc2]) + 12] = 3;
        ImageAssert.Refused(file, "quantisation table 3");
    }

    /// <summary>A legal order of 1 + 63 * 5 scans: each coefficient comes alone, then gains four bits one by one.</summary>
    private static IEnumerable<byte[]> LongProgression()
    {
        yield return Scan(0, 0, 0, 0);
        for (int k = 1; k < 64; k++)
        {
            yield return Scan(k, k, 0, 4);
            for (int bit = 3; bit >= 0; bit--)
            {
                yield return Scan(k, k, bit + 1, bit);
            }
        }
    }

    private static byte[] Scan(int first, int last, int high, int low) =>
        [0xff, 0xda, 0, 8, 1, 1, 0x00, (byte)first, (byte)last, (byte)((high << 4) | low), 0x00];
}
