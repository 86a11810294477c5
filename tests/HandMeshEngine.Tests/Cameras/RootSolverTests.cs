namespace HandMeshEngine.Tests.Cameras;

public sealed class RootSolverTests
{
    private static readonly Vector3d _place = new(0.05, -0.02, 0.6);

    [Fact]
    public void Points_seen_along_their_true_rays_are_put_back_exactly()
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 1);
        RootSolution root = RootSolver.Solve(points, rays);

        Assert.False(root.IsDegenerate);
        Assert.Equal(0, (root.Translation - _place).Length, 1e-12);
        Assert.Equal(0, root.Residual, 1e-12);
    }

    [Fact]
    public void The_solution_is_the_minimum_of_the_weighted_squares()
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 2);
        var random = new Random(3);
        double[] weights = [.. points.Select(_ => random.NextDouble())];
        Vector3d[] noisy = [.. rays.Select(ray => new Vector3d(ray.X + (0.01 * random.NextDouble()), ray.Y, 1))];
        RootSolution root = RootSolver.Solve(points, noisy, weights);
        double least = Cost(points, noisy, weights, root.Translation);

        Assert.Equal(Math.Sqrt(least / weights.Sum()), root.Residual, 1e-12);
        foreach (Vector3d step in (Vector3d[])[new(1e-4, 0, 0), new(0, 1e-4, 0), new(0, 0, 1e-4)])
        {
            Assert.True(Cost(points, noisy, weights, root.Translation + step) > least);
            Assert.True(Cost(points, noisy, weights, root.Translation - step) > least);
        }
    }

    [Fact]
    public void Points_of_no_weight_do_not_matter()
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 4);
        double[] weights = [.. points.Select((_, i) => i < 5 ? 0.0 : 1.0)];
        rays[0] = new Vector3d(9, 9, 1);

        Assert.Equal(0, (RootSolver.Solve(points, rays, weights).Translation - _place).Length, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_that_say_nothing_are_degenerate(double weight)
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 5);
        RootSolution root = RootSolver.Solve(points, rays, [.. points.Select(_ => weight)]);

        Assert.True(root.IsDegenerate);
        Assert.Equal(default, root.Translation);
    }

    [Fact]
    public void Rays_that_all_coincide_are_degenerate()
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 6);
        Array.Fill(rays, new Vector3d(0.1, 0.2, 1));

        Assert.True(RootSolver.Solve(points, rays).IsDegenerate);
    }

    [Fact]
    public void A_smaller_view_of_the_same_hand_is_worse_conditioned()
    {
        (Vector3d[] points, Vector3d[] rays) = Scene(seed: 7);
        Vector3d[] narrow = [.. rays.Select(ray => new Vector3d(ray.X / 3, ray.Y / 3, 1))];

        Assert.Equal(9, RootSolver.Solve(points, narrow).Condition / RootSolver.Solve(points, rays).Condition, 1e-9);
    }

    private static double Cost(Vector3d[] points, Vector3d[] rays, double[] weights, Vector3d t)
    {
        double sum = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Vector3d p = points[i] + t;
            sum += weights[i] * (Math.Pow(p.X - (p.Z * rays[i].X), 2) + Math.Pow(p.Y - (p.Z * rays[i].Y), 2));
        }

        return sum;
    }

    private static (Vector3d[] Points, Vector3d[] Rays) Scene(int seed)
    {
        var random = new Random(seed);
        double Next() => (random.NextDouble() - 0.5) * 0.2;
        Vector3d[] points = [.. Enumerable.Range(0, 21).Select(_ => new Vector3d(Next(), Next(), Next()))];
        Vector3d[] rays = [.. points.Select(point => (point + _place) * (1 / (point.Z + _place.Z)))];
        return (points, rays);
    }
}
