namespace HandMeshEngine.Tests.Images;

public sealed class PngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(10, 1)]
    [InlineData(11, 5)]
    [InlineData(64, 64)]
    [InlineData(333, 77)]
    public void An_encoded_image_decodes_to_itself(int width, int height)
    {
        RgbImage image = new(width, height);
        new Random(width).NextBytes(image.Pixels);
        for (int i = image.Pixels.Length / 3; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i / 7); // smooth, so that both filters get used
        }

        RgbImage back = RgbImage.Decode(PngEncoder.Encode(image));
        Assert.Equal((width, height), (back.Width, back.Height));
        Assert.True(image.Pixels.SequenceEqual(back.Pixels));
    }

    [Fact]
    public void A_smooth_image_shrinks()
    {
        RgbImage image = new(256, 256);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)((i / 3 % 256) + (i / 768));
        }

        Assert.InRange(PngEncoder.Encode(image).Length, 100, image.Pixels.Length / 20);
    }

    [Fact]
    public void A_wrong_check_sum_is_refused_with_chunk_and_place()
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        file[16] ^= 1;
        ImageAssert.Refused(file, "IHDR", "byte 8", "check sum");
    }

    [Fact]
    public void Damaged_image_data_is_refused()
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        int data = file.AsSpan().IndexOf("IDAT"u8) + 4;
        file[data] = 0;
        PngRepair.FixCheckSums(file);
        ImageAssert.Refused(file, "cannot be inflated", $"byte {data}");
    }

    [Fact]
    public void Image_data_that_ends_early_is_refused()
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        file[23]++; // one more row
        PngRepair.FixCheckSums(file);
        ImageAssert.Refused(file, "ends before the last row");
    }

    [Theory]
    [InlineData(24, 3)]
    [InlineData(25, 5)]
    [InlineData(26, 1)]
    [InlineData(27, 1)]
    [InlineData(28, 2)]
    public void A_header_that_cannot_be_is_refused(int at, byte value)
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        file[at] = value;
        PngRepair.FixCheckSums(file);
        ImageAssert.Refused(file, "does not exist");
    }

    [Fact]
    public void A_missing_palette_is_refused()
    {
        byte[] file = Without("palette-4.png", "PLTE"u8);
        ImageAssert.Refused(file, "no palette");
    }

    [Fact]
    public void A_file_without_image_data_is_refused() => ImageAssert.Refused(Without("rgb-8.png", "IDAT"u8), "without image data");

    [Fact]
    public void An_unknown_critical_chunk_is_refused_by_name()
    {
        byte[] file = ImageFixture.Get("rgb-8.png").File;
        "TEXt"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("tEXt"u8)));
        PngRepair.FixCheckSums(file);
        ImageAssert.Refused(file, "TEXt");
    }

    [Fact]
    public void A_palette_entry_that_does_not_exist_is_black()
    {
        byte[] file = ImageFixture.Get("palette-8.png").File;
        int palette = file.AsSpan().IndexOf("PLTE"u8);
        byte[] shorter = [.. file[..(palette + 7)], .. file[(palette + 4 + 768)..]];
        BinaryPrimitives.WriteInt32BigEndian(shorter.AsSpan(palette - 4), 3);
        PngRepair.FixCheckSums(shorter);
        byte[] first = file[(palette + 4)..(palette + 7)];
        RgbImage image = RgbImage.Decode(shorter);
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            Assert.True(image.Pixels.Slice(i, 3).SequenceEqual(first) || image.Pixels.Slice(i, 3).SequenceEqual(new byte[3]));
        }
    }

    private static byte[] Without(string name, ReadOnlySpan<byte> chunk)
    {
        byte[] file = ImageFixture.Get(name).File;
        int start = file.AsSpan().IndexOf(chunk) - 4;
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(start));
        return [.. file[..start], .. file[(start + length + 12)..]];
    }
}
