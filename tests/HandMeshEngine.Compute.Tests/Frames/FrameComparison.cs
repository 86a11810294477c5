namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>Warps of a backend against the definition.</summary>
internal static class FrameComparison
{
    private static readonly TensorMap _formats = FrameCases.Read("formats");
    private static readonly TensorMap _lenses = FrameCases.Read("lenses");

    /// <summary>Every orientation of frames of several kinds, with every sampling.</summary>
    public static void Orientations(Backend backend, double tolerance, SessionOptions? options = null)
    {
        double[] matrix = [0.61, 0.1, -2, -0.08, 0.7, 1.5, 0.001, 0, 1], crop = [0.5, 0, 2.25, 0, 0.5, 1.25, 0, 0, 1];
        foreach (string key in new[] { "rgb", "abgr", "gray8", "nv12.bt601.limited.left", "yuyv.bt709.limited.left", "p010.bt2020.limited.topleft" })
        {
            StoredFrame frame = FrameCases.Frame(_formats, key);
            for (int exif = 1; exif <= 8; exif++)
            {
                foreach (WarpSampling sampling in Enum.GetValues<WarpSampling>())
                {
                    Compare(
                        backend,
                        sampling == WarpSampling.OpenCvResize ? crop : matrix,
                        FrameCases.Op(21, 19, sampling, WarpBorder.Zero),
                        frame.View with { Orientation = FrameOrientation.FromExif(exif) },
                        tolerance,
                        options,
                        $"{key} {exif} {sampling}");
                }
            }
        }
    }

    /// <summary>A crop through a stored lens, turned as well, sharp and rounded.</summary>
    public static void Lens(Backend backend, string name, double tolerance, SessionOptions? options = null)
    {
        LensProjection stored = LensTests.Projection(_lenses, name, _lenses.Metadata[name]);
        int width = _lenses[$"{name}.size"].Span<int>()[0];
        double scale = 37.0 / width;
        var projection = new LensProjection(stored.Lens, stored.Fx * scale, stored.Fy * scale, stored.Cx * scale, stored.Cy * scale);

        // Rays over a hundred degrees: edge to edge, and beyond.
        double[] rays = [0.1, 0, -1.2, 0, 0.1, -1.1, 0.004, 0.002, 0.95];
        StoredFrame frame = FrameCases.Frame(_formats, "nv12.bt601.full.center");
        foreach (WarpBorder border in Enum.GetValues<WarpBorder>())
        {
            foreach (FrameOrientation orientation in new[] { FrameOrientation.Upright, FrameOrientation.FromExif(7) })
            {
                Compare(
                    backend,
                    rays,
                    FrameCases.Op(22, 24, WarpSampling.Bilinear, border),
                    frame.View with { Projection = projection, Orientation = orientation },
                    tolerance,
                    options,
                    $"{name} {border} {orientation}");
            }
        }
    }

    private static void Compare(
        Backend backend, double[] matrix, WarpNormalizeOp op, ImageView image, double tolerance, SessionOptions? options, string what)
    {
        float[] expected = FrameCases.Warp(new ReferenceBackend(), matrix, op, image), actual = FrameCases.Warp(backend, matrix, op, image, options);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]));
        }

        Assert.True(worst <= tolerance, $"{what} is off by {worst} of 255");
        Assert.True(expected.Distinct().Count() > 20, $"{what} shows nothing");
    }
}
