namespace HandMeshEngine.Tests.Cameras;

/// <summary>Calibration files of ROS, OpenCV and Kalibr (tests/parity/frames/cameras).</summary>
public sealed class CameraFileTests
{
    [Theory]
    [InlineData("ros-plumb-bob.yaml", null, "webcam")]
    [InlineData("ros-rational.yaml", null, "gopro")]
    [InlineData("ros-equidistant.yaml", null, "fisheye")]
    [InlineData("opencv.yaml", null, "webcam")]
    [InlineData("opencv.xml", null, "webcam")]
    [InlineData("kalibr-camchain.yaml", "cam0", "fisheye")]
    [InlineData("kalibr-camchain.yaml", "cam1", "mei")]
    [InlineData("kalibr-camchain.yaml", "cam2", "ds")]
    public void A_file_has_the_numbers_of_its_lens(string file, string? camera, string lens)
    {
        TensorMap lenses = SafetensorsFile.Read(CaseFolders.Files("frames").First(path => path.EndsWith("lenses.safetensors", StringComparison.Ordinal)));
        CameraFile read = CameraFile.Load(PathOf(file), new CameraFileOptions { CameraName = camera });
        ReadOnlySpan<double> k = lenses[$"{lens}.intrinsics"].Span<double>();
        ReadOnlySpan<int> size = lenses[$"{lens}.size"].Span<int>();
        Camera made = read.CameraFor(size[0], size[1]);

        Assert.Equal((k[0], k[1], k[2], k[3], size[0], size[1]), (made.Fx, made.Fy, made.Cx, made.Cy, made.Width, made.Height));
        Assert.Equal(lenses[$"{lens}.coefficients"].Span<double>().ToArray(), made.Lens!.Coefficients.ToArray());
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void The_first_camera_of_several_is_taken_with_a_note() =>
        Assert.Contains("cam1", Assert.Single(CameraFile.Load(PathOf("kalibr-camchain.yaml")).Notes), StringComparison.Ordinal);

    [Fact]
    public void Rectified_images_have_the_projection_matrix_and_no_lens()
    {
        CameraFile file = CameraFile.Load(PathOf("ros-plumb-bob.yaml"), new CameraFileOptions { Rectified = true });
        Assert.Equal(Lens.Pinhole, file.CameraFor(640, 480).Lens);
        Assert.Equal(617.3, file.CameraFor(640, 480).Fx);
    }

    [Fact]
    public void What_rostopic_prints_is_read()
    {
        CameraFile file = CameraFile.Parse("""
            header:
              seq: 0
              stamp:
                secs: 1
              frame_id: "cam"
            height: 480
            width: 640
            distortion_model: "plumb_bob"
            D: [0.1, -0.2, 0.001,
                0.002, 0.0]  # wrapped
            K: [600.0, 0.0, 320.0, 0.0, 601.0, 240.0, 0.0, 0.0, 1.0]
            binning_x: 0
            roi:
              x_offset: 0
              y_offset: 0
            ---
            """);
        Assert.Equal((600, 601, 640), (file.CameraFor(640, 480).Fx, file.CameraFor(640, 480).Fy, file.CameraFor(640, 480).Width));
        Assert.Equal(LensModel.BrownConrady, file.Lens.Model);
    }

    [Fact]
    public void Lists_with_dashes_are_read()
    {
        CameraFile file = CameraFile.Parse("height: 10\nwidth: 20\ndistortion_model: equidistant\nd:\n- 0.1\n- 0.0\n- 0.0\n- 0.0\nk:\n- 30.0\n- 0.0\n- 10.0\n- 0.0\n- 31.0\n- 5.0\n- 0\n- 0\n- 1\n");
        Assert.Equal((30, 31, 10, 5), (file.CameraFor(20, 10).Fx, file.CameraFor(20, 10).Fy, file.CameraFor(20, 10).Cx, file.CameraFor(20, 10).Cy));
    }

    [Fact]
    public void Json_of_opencv_is_read_and_four_coefficients_are_spoken_of()
    {
        const string text = """{"image_width": 640, "image_height": 480, "camera_matrix": {"type_id": "opencv-matrix", "rows": 3, "cols": 3, "dt": "d", "data": [500, 0, 320, 0, 501, 240, 0, 0, 1]}, "distCoeffs": {"rows": 1, "cols": 4, "dt": "d", "data": [0.01, 0.02, 0.0, 0.0]}}""";
        CameraFile file = CameraFile.Parse(text);
        Assert.Contains("fisheye", Assert.Single(file.Notes), StringComparison.Ordinal);
        Assert.Equal(LensModel.Fisheye, CameraFile.Parse(text, new CameraFileOptions { Fisheye = true }).Lens.Model);
    }

    [Theory]
    [InlineData("a: 1\nb: 2", "Kalibr")]
    [InlineData("", "nothing")]
    [InlineData("K: [1, 2", "line 1")]
    [InlineData("distortion_model: magic\nK: [1, 0, 1, 0, 1, 1, 0, 0, 1]\nD: []", "magic")]
    [InlineData("distortion_model: plumb_bob\nK: [0, 0, 0, 0, 0, 0, 0, 0, 1]\nD: []", "not calibrated")]
    [InlineData("distortion_model: plumb_bob\nK: [1, 0.5, 1, 0, 1, 1, 0, 0, 1]\nD: []", "skew")]
    [InlineData("distortion_model: plumb_bob\nK: [1, 0, 1]\nD: []", "3 numbers")]
    [InlineData("distortion_model: plumb_bob\nK: [1, 0, x, 0, 1, 1, 0, 0, 1]\nD: []", "'x'")]
    [InlineData("distortion_model: plumb_bob\nbinning_x: 2\nK: [1, 0, 1, 0, 1, 1, 0, 0, 1]\nD: []", "binning_x")]
    [InlineData("<opencv_storage><K>", "line 1")]
    public void A_file_that_cannot_be_read_says_why(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => CameraFile.Parse(text)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_lens_that_folds_back_inside_the_image_is_refused_with_the_radius()
    {
        var camera = new Camera(320, 320, 319.5, 239.5, 640, 480);
        Lens fold = Lens.BrownConrady(-0.3, 0, 0, 0);
        string message = Assert.Throws<ArgumentException>(() => camera.WithLens(fold)).Message;
        Assert.Contains("folds back", message, StringComparison.Ordinal);
        Assert.Contains("225 pixels", message, StringComparison.Ordinal); // sqrt(1 / 0.9) (1 - 0.3 / 0.9) 320
        Assert.False(camera.WithLens(fold, allowPartial: true).CoversFrame);
        Assert.Contains("order", Assert.Throws<ArgumentException>(() => camera.WithLens(Lens.BrownConrady(-3, 0, 0, 0), true)).Message, StringComparison.Ordinal);
    }

    private static string PathOf(string file) => Path.Combine(CaseFolders.Repository!, "tests", "parity", "frames", "cameras", file);
}
