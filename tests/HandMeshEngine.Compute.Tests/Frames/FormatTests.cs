namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Every pixel format against its stored colours (tests/parity/frames).</summary>
public sealed class FormatTests
{
    // Of 255; single precision is off by 4e-5.
    private const double Tolerance = 2e-4;

    private static readonly TensorMap _formats = FrameCases.Read("formats");

    public static TheoryData<string> Formats => [.. FrameCases.FormatKeys(_formats)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_has_its_stored_colours_on_the_cpu(string key)
    {
        using var cpu = new CpuBackend();
        Compare(cpu, key, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_has_its_stored_colours_in_the_definition(string key) => Compare(new ReferenceBackend(), key, 1e-4);

    internal static void Compare(Backend backend, string key, double tolerance, SessionOptions? options = null)
    {
        StoredFrame frame = FrameCases.Frame(_formats, key);
        ReadOnlySpan<double> positions = _formats["positions"].Span<double>();
        var matrices = new double[positions.Length / 2 * 9];
        for (int i = 0; i < positions.Length / 2; i++)
        {
            (matrices[(9 * i) + 2], matrices[(9 * i) + 5], matrices[(9 * i) + 8]) = (positions[2 * i], positions[(2 * i) + 1], 1);
        }

        foreach (WarpBorder border in Enum.GetValues<WarpBorder>())
        {
            float[] actual = FrameCases.Warp(backend, matrices, FrameCases.Op(1, 1, WarpSampling.Bilinear, border), frame.View, options);
            Near(_formats[$"{key}.{border.ToString().ToLowerInvariant()}"].Span<double>(), actual, 1, tolerance);
        }

        double[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        float[] pixels = FrameCases.Warp(backend, identity, FrameCases.Op(25, 37, WarpSampling.Bilinear, WarpBorder.Zero), frame.View, options);
        Near(_formats[$"{key}.pixels"].Span<double>(), pixels, 25 * 37, tolerance);
        foreach (WarpSampling sampling in new[] { WarpSampling.OpenCvWarp, WarpSampling.OpenCvResize })
        {
            float[] taps = FrameCases.Warp(backend, identity, FrameCases.Op(25, 37, sampling, WarpBorder.Zero), frame.View, options);
            byte[] expected = _formats[$"{key}.taps"].Bytes.ToArray();
            Near(Array.ConvertAll(expected, value => (double)value), taps, 25 * 37, 0);
        }
    }

    // Stored with the channels of a pixel together, computed in planes.
    private static void Near(ReadOnlySpan<double> expected, float[] actual, int plane, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, 3);
            (int image, int place) = Math.DivRem(pixel, plane);
            float got = actual[(((image * 3) + channel) * plane) + place];
            Assert.True(Math.Abs(got - expected[i]) <= tolerance, $"pixel {pixel} channel {channel}: {got}, not {expected[i]}");
        }
    }
}
