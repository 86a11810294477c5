namespace HandMeshEngine.Tests.Images;

public sealed class RgbImageTests
{
    [Fact]
    public void A_new_image_is_black_and_raw()
    {
        RgbImage image = new(3, 2);
        Assert.Equal(new byte[18], image.Pixels.ToArray());
        Assert.Equal((ImageFormat.Raw, 1), (image.Info.Format, image.Info.Orientation));
    }

    [Fact]
    public void Rows_are_tightly_packed_from_the_top()
    {
        RgbImage image = new(2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        Assert.Equal([1, 2, 3, 4, 5, 6], image.Row(0).ToArray());
        Assert.Equal([7, 8, 9, 10, 11, 12], image.Row(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Row(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Row(-1).Length);
    }

    [Fact]
    public void Pixels_are_copied_from_the_caller()
    {
        byte[] pixels = [1, 2, 3];
        RgbImage image = new(1, 1, pixels);
        pixels[0] = 9;
        Assert.Equal(1, image.Pixels[0]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    [InlineData(8193, 8192)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Impossible_sizes_are_refused(int width, int height)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new RgbImage(width, height));
        Assert.Contains($"{width}x{height}", e.Message);
    }

    [Fact]
    public void A_wrong_number_of_bytes_is_refused_with_both_numbers()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new RgbImage(2, 2, new byte[11]));
        Assert.Contains("12 bytes", e.Message);
        Assert.Contains("11 were given", e.Message);
    }
}
