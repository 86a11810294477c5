using HandMeshEngine.Export.Drawing;

namespace HandMeshEngine.Tests.Export;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(640, 480, 320, 240)]
    [InlineData(641, 487, 333, 250)]
    [InlineData(31, 17, 100, 90)]
    [InlineData(1, 1, 5, 5)]
    public void An_even_grey_stays_even(int width, int height, int newWidth, int newHeight)
    {
        var source = new RgbImage(width, height);
        source.Pixels.Fill(137);
        var target = new RgbImage(newWidth, newHeight);
        Resampler.Copy(source, target, newWidth, newHeight);

        Assert.False(target.Pixels.ContainsAnyExcept((byte)137));
    }

    [Fact]
    public void Halving_averages_blocks_of_four()
    {
        byte[] values = [10, 20, 30, 40, 50, 60, 70, 80];
        var source = new RgbImage(4, 2, [.. values.SelectMany(v => new[] { v, v, v })]);
        var target = new RgbImage(2, 1);
        Resampler.Copy(source, target, 2, 1);

        Assert.Equal([35, 35, 35, 55, 55, 55], target.Pixels.ToArray());
    }

    [Fact]
    public void Doubling_interpolates()
    {
        var source = new RgbImage(2, 1, [0, 0, 0, 100, 100, 100]);
        var target = new RgbImage(4, 2);
        Resampler.Copy(source, target, 4, 2);

        Assert.Equal([0, 25, 75, 100], new[] { 0, 3, 6, 9 }.Select(i => (int)target.Row(1)[i]));
    }

    [Fact]
    public void What_lies_beyond_the_copied_part_is_left_alone()
    {
        var source = new RgbImage(2, 2);
        var target = new RgbImage(3, 2);
        target.Pixels.Fill(9);
        Resampler.Copy(source, target, 2, 2);

        Assert.Equal([0, 0, 0, 0, 0, 0, 9, 9, 9], target.Row(1).ToArray());
    }
}
