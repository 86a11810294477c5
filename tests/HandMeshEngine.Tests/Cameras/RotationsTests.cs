namespace HandMeshEngine.Tests.Cameras;

public sealed class RotationsTests
{
    [Fact]
    public void Align_finds_the_rotation_between_two_clouds()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 50; trial++)
        {
            Matrix3d turn = RandomRotation(random);
            Vector3d[] from = Cloud(random, flat: trial % 2 == 0);
            Vector3d[] to = [.. from.Select(p => turn * p)];

            AssertEqual(turn, Rotations.Align(from, to), 1e-9);
        }
    }

    [Fact]
    public void Align_never_mirrors()
    {
        var random = new Random(12);
        Vector3d[] from = Cloud(random, flat: false);
        Vector3d[] mirrored = [.. from.Select(p => p with { X = -p.X })];

        Assert.Equal(1, Determinant(Rotations.Align(from, mirrored)), 1e-9);
    }

    [Fact]
    public void Minimal_takes_a_to_b_and_leaves_their_normal_alone()
    {
        var random = new Random(13);
        for (int trial = 0; trial < 50; trial++)
        {
            Vector3d a = Direction(random), b = Direction(random);
            Matrix3d turn = Rotations.Minimal(a, b);
            Vector3d normal = Vector3d.Cross(a, b);

            Assert.Equal(0, ((turn * a) - b).Length, 1e-12);
            Assert.Equal(0, ((turn * normal) - normal).Length, 1e-12);
            Assert.Equal(1, Determinant(turn), 1e-12);
        }
    }

    [Fact]
    public void Minimal_turns_opposite_directions_by_a_half_turn()
    {
        foreach (Vector3d a in (Vector3d[])[new(1, 0, 0), new(0, 1, 0), new Vector3d(1, 2, -3).Normalized()])
        {
            Matrix3d turn = Rotations.Minimal(a, a * -1);

            Assert.Equal(0, ((turn * a) + a).Length, 1e-12);
            Assert.Equal(1, Determinant(turn), 1e-12);
        }
    }

    [Fact]
    public void Align_of_numbers_that_are_not_finite_ends()
    {
        Vector3d[] broken = [new(double.NaN, 0, 0), new(0, 1, 0), new(0, 0, double.PositiveInfinity)];

        Assert.True(double.IsNaN(Rotations.Align(broken, broken).M00));
    }

    private static Vector3d[] Cloud(Random random, bool flat) =>
        [.. Enumerable.Range(0, 5).Select(_ => new Vector3d(random.NextDouble() - 0.5, random.NextDouble() - 0.5, flat ? 0 : random.NextDouble() - 0.5))];

    private static Vector3d Direction(Random random) =>
        new Vector3d(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5).Normalized();

    private static Matrix3d RandomRotation(Random random) => Rotations.Minimal(Direction(random), Direction(random));

    private static double Determinant(Matrix3d m) => Vector3d.Dot(
        new Vector3d(m.M00, m.M10, m.M20), Vector3d.Cross(new Vector3d(m.M01, m.M11, m.M21), new Vector3d(m.M02, m.M12, m.M22)));

    private static void AssertEqual(Matrix3d expected, Matrix3d actual, double tolerance)
    {
        Span<double> e = stackalloc double[9], a = stackalloc double[9];
        expected.CopyTo(e);
        actual.CopyTo(a);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(e[i], a[i], tolerance);
        }
    }
}
