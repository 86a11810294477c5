using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Verification;

public sealed class ComparingTests
{
    private static readonly Tensor _stored = Tensor.From(new Shape(2, 3), 1f, -2f, 3f, 4f, 0f, -10f);

    [Fact]
    public void The_worst_element_is_named_with_both_values_and_its_share_of_the_tolerance()
    {
        TensorComparison result = Compare([1, -2, 3, 4.5, 0, -10], Tolerance.OfMax(0.1));

        Assert.True(result.Passed);
        Assert.Equal([1, 0], result.Where);
        Assert.Equal((4.5, 4, 0.5, 1.0), (result.Actual, result.Expected, result.MaxError, result.Tolerance));
        Assert.Equal(50, result.PercentOfTolerance, 1e-9);
        Assert.Equal(0.25 / 130, result.Nmse, 1e-12);
        Assert.Contains("[1, 0] (4.5, stored 4), 50 % of 1", result.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_fails_whatever_the_tolerance(double value)
    {
        TensorComparison result = Compare([1, value, 3, 4, 0, -10], new Tolerance(1e9));

        Assert.False(result.Passed);
        Assert.Equal(1, result.NonFinite);
        Assert.Equal([0, 1], result.Where);
    }

    [Fact]
    public void An_exact_tolerance_takes_nothing_but_equality()
    {
        Assert.True(Compare([1, -2, 3, 4, 0, -10], Tolerance.Exact).Passed);
        Assert.False(Compare([1, -2, 3, 4, 1e-30, -10], Tolerance.Exact).Passed);
    }

    [Fact]
    public void A_mean_bound_fails_what_the_largest_difference_lets_pass()
    {
        Assert.False(Compare([2, -1, 4, 5, 1, -9], new Tolerance(1.5, 0, 0.5)).Passed);
        Assert.True(Compare([2, -2, 3, 4, 0, -10], new Tolerance(1.5, 0, 0.5)).Passed);
    }

    [Fact]
    public void Limits_by_element_replace_the_tolerance_and_can_leave_elements_out()
    {
        double[] actual = [100, -2, 3, 4, 0, -9];

        Assert.True(Compare(actual, Tolerance.Exact, i => i == 0 ? double.PositiveInfinity : 1).Passed);
        Assert.False(Compare(actual, Tolerance.Exact, i => i == 0 ? double.PositiveInfinity : 0.5).Passed);
    }

    private static TensorComparison Compare(double[] actual, Tolerance tolerance, Func<int, double>? limits = null) =>
        Comparing.Compare("stage", "tensor", "stage", i => actual[i], _stored, tolerance, limits);
}
