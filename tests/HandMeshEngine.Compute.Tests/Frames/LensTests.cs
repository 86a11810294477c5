namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Lenses against their stored rays and pixels (tests/parity/frames).</summary>
public sealed class LensTests
{
    private const double Tolerance = 1e-9;

    private static readonly TensorMap _lenses = FrameCases.Read("lenses");

    public static TheoryData<string> Names => [.. _lenses.Metadata.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lens_draws_its_stored_pixels(string name)
    {
        LensProjection projection = Projection(_lenses, name, _lenses.Metadata[name]);
        ReadOnlySpan<double> rays = _lenses[$"{name}.project.rays"].Span<double>(), pixels = _lenses[$"{name}.project.pixels"].Span<double>();
        ReadOnlySpan<byte> valid = _lenses[$"{name}.project.valid"].Bytes;
        for (int i = 0; i < valid.Length; i++)
        {
            bool seen = projection.TryProject(rays[3 * i], rays[(3 * i) + 1], rays[(3 * i) + 2], out double u, out double v);
            Assert.Equal(valid[i] == 1, seen);
            Assert.True(!seen || Math.Max(Math.Abs(u - pixels[2 * i]), Math.Abs(v - pixels[(2 * i) + 1])) <= Tolerance, $"ray {i}: {u}, {v}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pixel_has_its_stored_ray(string name)
    {
        LensProjection projection = Projection(_lenses, name, _lenses.Metadata[name]);
        ReadOnlySpan<double> pixels = _lenses[$"{name}.unproject.pixels"].Span<double>(), rays = _lenses[$"{name}.unproject.rays"].Span<double>();
        ReadOnlySpan<byte> valid = _lenses[$"{name}.unproject.valid"].Bytes;
        for (int i = 0; i < valid.Length; i++)
        {
            bool found = projection.TryUnproject(pixels[2 * i], pixels[(2 * i) + 1], out double x, out double y, out double z);
            Assert.Equal(valid[i] == 1, found);
            double off = Math.Max(Math.Abs(x - rays[3 * i]), Math.Max(Math.Abs(y - rays[(3 * i) + 1]), Math.Abs(z - rays[(3 * i) + 2])));
            Assert.True(off <= Tolerance, $"pixel {i}: {x}, {y}, {z}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lens_ends_where_its_profile_does(string name)
    {
        ReadOnlySpan<double> limit = _lenses[$"{name}.limit"].Span<double>();
        Lens lens = Projection(_lenses, name, _lenses.Metadata[name]).Lens;
        Same(limit[0], lens.Limit, 1e-6); // the top of a curve is flat
        Same(limit[1], lens.PlaneLimit, Tolerance);
    }

    [Fact]
    public void Coefficients_that_are_too_few_or_no_numbers_are_refused_by_name()
    {
        Assert.Contains("4, 5, 8, 12 or 14", Assert.Throws<ArgumentException>(() => Lens.BrownConrady(0.1, 0.2)).Message, StringComparison.Ordinal);
        Assert.Contains("coefficient 3", Assert.Throws<ArgumentException>(() => Lens.Fisheye(0, 0, double.NaN, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("xi", Assert.Throws<ArgumentException>(() => Lens.DoubleSphere(1.5, 0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rays_come_back_from_the_pixels_of_random_lenses()
    {
        const int seed = 11;
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            double Small(double size) => size * ((2 * random.NextDouble()) - 1);
            Lens lens = (i % 5) switch
            {
                0 => Lens.BrownConrady(Small(0.3), Small(0.1), Small(0.002), Small(0.002), Small(0.05)),
                1 => Lens.Fisheye(Small(0.05), Small(0.02), Small(0.01), Small(0.005)),
                2 => Lens.DoubleSphere(Small(0.4), random.NextDouble()),
                3 => Lens.ExtendedUnified(random.NextDouble(), 0.5 + random.NextDouble()),
                _ => Lens.BrownConrady(Small(0.3), Small(0.1), Small(0.002), Small(0.002), Small(0.05), Small(0.3), Small(0.05), Small(0.01)),
            };
            for (int k = 0; k < 20; k++)
            {
                double x = Small(1), y = Small(1);
                if (!lens.TryUnproject(x, y, out double a, out double b, out double c))
                {
                    continue;
                }

                Assert.True(lens.TryProject(a, b, c, out double u, out double v), $"seed {seed}, lens {i}: {lens}");
                Assert.True(Math.Abs(u - x) + Math.Abs(v - y) < Tolerance, $"seed {seed}, lens {i}: {lens} at {x}, {y}");
            }
        }
    }

    /// <summary>A lens of stored cases.</summary>
    internal static LensProjection Projection(TensorMap tensors, string name, string model)
    {
        ReadOnlySpan<double> c = tensors[$"{name}.coefficients"].Span<double>(), k = tensors[$"{name}.intrinsics"].Span<double>();
        Lens lens = model switch
        {
            "brown" => Lens.BrownConrady(c),
            "modified" => Lens.ModifiedBrownConrady(c),
            "fisheye" => Lens.Fisheye(c),
            "fov" => Lens.FieldOfView(c[0]),
            "mei" => Lens.Omnidirectional(c[0], c[1], c[2], c[3], c[4]),
            "ds" => Lens.DoubleSphere(c[0], c[1]),
            "eucm" => Lens.ExtendedUnified(c[0], c[1]),
            _ => throw new ArgumentException(model),
        };
        return new LensProjection(lens, k[0], k[1], k[2], k[3]);
    }

    private static void Same(double expected, double actual, double tolerance) =>
        Assert.True(expected == actual || Math.Abs(expected - actual) <= tolerance, $"{actual}, not {expected}");
}
