namespace HandMeshEngine.Tests.Rig;

public sealed class HandSizeTests
{
    [Fact]
    public void The_median_is_that_of_the_last_three_hundred_sizes()
    {
        var sizes = new HandSize();
        var random = new Random(21);
        var all = new List<double>();
        for (int i = 0; i < 1000; i++)
        {
            double size = Math.Round(random.NextDouble(), 2) + 0.5; // rounded, so that equal sizes occur
            sizes.Add(size);
            all.Add(size);
            double[] recent = [.. all.TakeLast(300).Order()];
            Assert.Equal((recent[(recent.Length - 1) / 2] + recent[recent.Length / 2]) / 2, sizes.Median);
        }
    }

    [Fact]
    public void Sizes_that_are_not_positive_numbers_are_left_out()
    {
        var sizes = new HandSize();
        sizes.Add(double.NaN);
        sizes.Add(0);
        sizes.Add(double.PositiveInfinity);
        Assert.Null(sizes.Median);
        sizes.Add(1.5);
        Assert.Equal(1.5, sizes.Median);
        sizes.Reset();
        Assert.Null(sizes.Median);
    }
}
