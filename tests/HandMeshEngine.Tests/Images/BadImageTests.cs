namespace HandMeshEngine.Tests.Images;

public sealed class BadImageTests
{
    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(ImageFixture.Folder, "no-such.jpg");
        ImageException e = Assert.Throws<ImageException>(() => RgbImage.Load(path));
        Assert.StartsWith(path, e.Message);
        Assert.Contains("no such file", e.Message);
    }

    [Fact]
    public void A_folder_is_no_picture()
    {
        ImageException e = Assert.Throws<ImageException>(() => RgbImage.Load(ImageFixture.Folder));
        Assert.StartsWith(ImageFixture.Folder, e.Message);
        Assert.Contains("folder", e.Message);
    }

    [Fact]
    public void A_file_that_is_no_picture_is_refused_with_its_path_and_first_bytes()
    {
        string path = Path.Combine(ImageFixture.Folder, "index.tsv");
        ImageException e = Assert.Throws<ImageException>(() => RgbImage.Load(path));
        Assert.StartsWith(path, e.Message);
        Assert.Contains("neither a JPEG nor a PNG", e.Message);
        Assert.Contains("626173656c696e65", e.Message);
    }

    [Fact]
    public void An_empty_path_is_the_callers_mistake() => Assert.Throws<ArgumentException>(() => RgbImage.Load(""));

    [Fact]
    public void An_empty_file_is_refused() => ImageAssert.Refused([], "empty");

    [Theory]
    [InlineData("refused/arithmetic.jpg", "arithmetic-coded")]
    [InlineData("refused/fractional.jpg", "fractional")]
    [InlineData("refused/twelve-bit.jpg", "12 bits")]
    public void Sound_files_of_unread_kinds_are_refused_by_name(string name, string word) =>
        ImageAssert.Refused(ImageFixture.Read(name), word, "byte", "convert it");

    [Theory]
    [InlineData("baseline-420-3x2.jpg")]
    [InlineData("progressive-420-5x4.jpg")]
    [InlineData("restart-each-unit.jpg")]
    [InlineData("separate-scans.jpg")]
    [InlineData("orientation-3.jpg")]
    [InlineData("palette-4-transparent.png")]
    [InlineData("rgb-8-pieces.png")]
    public void A_file_cut_at_any_byte_that_its_picture_needs_is_refused(string name)
    {
        byte[] file = ImageFixture.Get(name).File, pixels = ImageFixture.Get(name).Pixels;
        ImageDecoder decoder = new();
        bool isWhole = false;
        for (int length = 0; length < file.Length; length++)
        {
            if (Whole(decoder, file.AsSpan(0, length)) is { } note)
            {
                isWhole = true;
                Assert.Contains("the picture is whole", note);
                Assert.Equal(pixels, decoder.Decode(file.AsSpan(0, length)).Pixels.ToArray());
                continue;
            }

            Assert.False(isWhole);
            ImageException e = Assert.Throws<ImageException>(() => decoder.Decode(file.AsSpan(0, length)));
            Assert.True(
                length < 8 || e.Message.Contains($"{length}", StringComparison.Ordinal),
                $"cut at byte {length}, the message does not say so: {e.Message}");
        }
    }

    private static string? Whole(ImageDecoder decoder, ReadOnlySpan<byte> file)
    {
        try
        {
            return decoder.Decode(file).Info.Notes.Single();
        }
        catch (ImageException)
        {
            return null;
        }
    }

    [Theory]
    [InlineData(65535, 65535, "more than the limit")]
    [InlineData(8000, 8000, "bytes or more from byte")]
    [InlineData(0, 100, "empty image")]
    [InlineData(100, 0, "empty image")]
    public void A_jpeg_that_declares_an_absurd_size_is_refused_before_room_is_made(int width, int height, string words)
    {
        byte[] file = ImageFixture.Get("baseline-420.jpg").File;
        int header = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(header + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(header + 7), (ushort)width);
        AssertCheaplyRefused(file, words, $"{width}x{height}");
    }

    [Theory]
    [InlineData(0x7fffffff, 0x7fffffff, "more than the limit")]
    [InlineData(1, 0x7fffffff, "more than the limit")]
    [InlineData(8000, 8000, "can hold")]
    [InlineData(0, 100, "empty image")]
    public void A_png_that_declares_an_absurd_size_is_refused_before_room_is_made(int width, int height, string words)
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        PngRepair.FixCheckSums(file);
        AssertCheaplyRefused(file, words, $"{width}x{height}");
    }

    private static void AssertCheaplyRefused(byte[] file, params string[] words)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageAssert.Refused(file, words);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
