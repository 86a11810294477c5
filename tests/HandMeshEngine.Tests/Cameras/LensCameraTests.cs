namespace HandMeshEngine.Tests.Cameras;

/// <summary>Cameras with lenses, turned, resized and cropped.</summary>
public sealed class LensCameraTests
{
    private static readonly Camera _webcam = new Camera(617.3, 618.1, 322.4, 238.7, 640, 480)
        .WithLens(Lens.BrownConrady(0.0712, -0.1934, 0.00113, -0.00071, 0.0586), allowPartial: true);

    public static TheoryData<int> Exif => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Exif))]
    public void A_turned_camera_shows_points_where_the_turned_picture_does(int exif)
    {
        FrameOrientation orientation = FrameOrientation.FromExif(exif);
        TensorMap stored = SafetensorsFile.Read(CaseFolders.Files("frames").First(path => path.EndsWith("orientation.safetensors", StringComparison.Ordinal)));
        string key = $"turn{90 * orientation.QuarterTurns}.mirror{(orientation.Mirrored ? 1 : 0)}";
        ReadOnlySpan<double> points = stored[key + ".points_upright"].Span<double>(), pixels = stored[key + ".pixels_upright"].Span<double>();
        Camera camera = _webcam.Oriented(orientation);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(camera.TryProject(new Vector3d(points[3 * i], points[(3 * i) + 1], points[(3 * i) + 2]), out double u, out double v));
            Assert.True(Math.Abs(u - pixels[2 * i]) + Math.Abs(v - pixels[(2 * i) + 1]) < 1e-9, $"{u}, {v}");
            Assert.True(camera.TryRay(u, v, out Vector3d ray));
            Assert.True(Vector3d.Cross(ray, new Vector3d(points[3 * i], points[(3 * i) + 1], points[(3 * i) + 2])).Length < 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Exif))]
    public void A_turned_pinhole_is_a_pinhole_with_turned_numbers(int exif)
    {
        var plain = new Camera(600, 610, 300, 200, 640, 480);
        Camera turned = plain.Oriented(FrameOrientation.FromExif(exif));
        var point = new Vector3(0.1f, -0.07f, 0.5f);
        Vector2 expected = turned.Orientation.ToUpright(plain.Project(turned.Orientation.ToStored(point)), 640, 480);
        Assert.True(Vector2.Distance(expected, turned.Project(point)) < 1e-3f);
    }

    [Fact]
    public void A_resized_camera_shows_the_edges_at_the_edges()
    {
        Camera half = _webcam.Resized(320, 240), part = _webcam.Cropped(100, 50, 300, 200);
        var point = new Vector3(0.05f, 0.04f, 0.4f);
        Vector2 pixel = _webcam.Project(point);
        Assert.True(Vector2.Distance(((pixel + new Vector2(0.5f)) / 2) - new Vector2(0.5f), half.Project(point)) < 1e-3f);
        Assert.True(Vector2.Distance(pixel - new Vector2(100, 50), part.Project(point)) < 1e-3f);
        Assert.Contains("proportions", Assert.Throws<ArgumentException>(() => _webcam.Resized(640, 360)).Message, StringComparison.Ordinal);
        Camera sideways = _webcam.Oriented(FrameOrientation.Turn90);
        pixel = sideways.Project(point);
        Assert.True(Vector2.Distance(((pixel + new Vector2(0.5f)) / 2) - new Vector2(0.5f), sideways.Resized(240, 320).Project(point)) < 1e-3f);
    }

    [Fact]
    public void Beyond_the_lens_there_are_no_numbers()
    {
        Camera fisheye = new Camera(286.2, 286.4, 420.3, 398.8, 848, 800).WithLens(Lens.Fisheye(-0.0062, 0.0431, -0.0407, 0.0071));
        Vector3 sideways = fisheye.Ray(new Vector2(840, 400));
        Assert.True(sideways.Z < 0.3f && Math.Abs(sideways.Length() - 1) < 1e-5f, $"{sideways}");
        Assert.True(Vector2.Distance(fisheye.Project(sideways), new Vector2(840, 400)) < 1e-2f);
        Assert.True(float.IsNaN(_webcam.Project(-Vector3.UnitZ).X));
        Assert.False(fisheye.TryRay(new Vector2(1e5f, 0), out _));
    }

    [Fact]
    public void A_centred_camera_has_its_centre_between_the_outer_edges()
    {
        Camera guess = Camera.Guess(640, 480);
        Assert.Equal((319.5, 239.5), (guess.Cx, guess.Cy));
    }
}
