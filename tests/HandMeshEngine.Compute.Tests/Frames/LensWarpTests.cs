namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Crops through lenses against the stored ones (tests/parity/frames).</summary>
public sealed class LensWarpTests
{
    // Of 255: positions are computed in double.
    private const double Tolerance = 5e-4;

    private static readonly TensorMap _warps = FrameCases.Read("warp");

    /// <summary>format.lens.view.border, or format.none.border.</summary>
    public static TheoryData<string> Crops => [.. _warps.Names.Where(IsResult)];

    [Theory]
    [MemberData(nameof(Crops))]
    public void A_crop_equals_the_stored_one_on_the_cpu(string key)
    {
        using var cpu = new CpuBackend();
        Compare(cpu, key, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Crops))]
    public void A_crop_equals_the_stored_one_in_the_definition(string key) => Compare(new ReferenceBackend(), key, Tolerance);

    internal static void Compare(Backend backend, string key, double tolerance, SessionOptions? options = null)
    {
        string[] parts = key.Split('.');
        LensProjection? projection = parts[1] == "none"
            ? null : LensTests.Projection(_warps, parts[1], parts[1] == "fisheye" ? "fisheye" : "brown");
        string matrix = parts[1] == "none" ? "none.matrix" : $"{parts[1]}.{parts[2]}.matrix";
        ReadOnlySpan<byte> first = _warps[$"{parts[0]}.plane0"].Bytes;
        ImageView image = parts[0] == "rgb"
            ? new ImageView(first, 160, 120, _warps["rgb.plane0"].Shape[1], PixelFormat.Rgb) { Projection = projection }
            : ImageView.Nv12(first, _warps["nv12.plane0"].Shape[1], _warps["nv12.plane1"].Bytes, _warps["nv12.plane1"].Shape[1], 160, 120) with { Projection = projection };
        WarpBorder border = Enum.Parse<WarpBorder>(parts[^1], ignoreCase: true);
        float[] actual = FrameCases.Warp(backend, _warps[matrix].Span<double>(), FrameCases.Op(32, 32, WarpSampling.Bilinear, border), image, options);
        ReadOnlySpan<float> expected = _warps[key].Span<float>();
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[(i % 3 * 1024) + (i / 3)]));
        }

        Assert.True(worst <= tolerance, $"{key} is off by {worst} of 255");
    }

    private static bool IsResult(string name) =>
        name.EndsWith(".replicate", StringComparison.Ordinal) || name.EndsWith(".zero", StringComparison.Ordinal);
}
