namespace HandMeshEngine.Tests.Cameras;

public sealed class CameraTests
{
    [Fact]
    public void A_field_of_view_is_horizontal()
    {
        Camera camera = Camera.FromFieldOfView(640, 480, 90);

        Assert.Equal(320, camera.Fx, 1e-9);
        Assert.Equal(320, camera.Fy, 1e-9);
        Assert.Equal((319.5, 239.5), (camera.Cx, camera.Cy));
        Assert.Equal(CameraSource.Fov, camera.Source);
    }

    [Fact]
    public void The_exif_formula_gives_the_focal_length_of_the_victory_photo()
    {
        Camera camera = Camera.FromExif(720, 960, 26);

        Assert.Equal(721.11, camera.Fx, 0.01);
        Assert.Equal(CameraSource.Exif, camera.Source);
    }

    [Fact]
    public void A_picture_that_states_its_lens_gives_a_camera()
    {
        var image = new RgbImage(720, 960) { Info = new ImageInfo { FocalLengthIn35mmFilm = 26, ExifWidth = 3000, ExifHeight = 4000 } };

        Assert.Equal(Camera.FromExif(720, 960, 26), Camera.FromExif(image));
    }

    [Fact]
    public void A_picture_without_a_lens_or_cropped_since_gives_none()
    {
        Assert.Null(Camera.FromExif(new RgbImage(720, 960)));
        Assert.Null(Camera.FromExif(
            new RgbImage(720, 720) { Info = new ImageInfo { FocalLengthIn35mmFilm = 26, ExifWidth = 3000, ExifHeight = 4000 } }));
    }

    [Fact]
    public void A_guess_says_that_it_is_one()
    {
        Camera camera = Camera.Guess(480, 640);

        Assert.Equal((640.0, 239.5, 319.5), (camera.Fx, camera.Cx, camera.Cy));
        Assert.Equal(CameraSource.Guess, camera.Source);
    }

    [Theory]
    [InlineData(0, 600, 320, 240)]
    [InlineData(600, -1, 320, 240)]
    [InlineData(double.NaN, 600, 320, 240)]
    [InlineData(600, double.PositiveInfinity, 320, 240)]
    [InlineData(600, 600, double.NaN, 240)]
    [InlineData(600, 600, 320, double.NegativeInfinity)]
    public void Numbers_that_no_camera_has_are_refused(double fx, double fy, double cx, double cy)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Camera(fx, fy, cx, cy));

        Assert.Contains("must be finite", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(180)]
    [InlineData(-60)]
    [InlineData(double.NaN)]
    public void A_field_of_view_that_no_pinhole_has_is_refused(double degrees)
    {
        Assert.Contains("between 0 and 180", Assert.Throws<ArgumentException>(() => Camera.FromFieldOfView(640, 480, degrees)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void An_exif_focal_length_of_nothing_is_refused(double millimetres)
    {
        Assert.Contains("EXIF", Assert.Throws<ArgumentException>(() => Camera.FromExif(640, 480, millimetres)).Message);
    }

    [Fact]
    public void An_image_without_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Camera.Guess(0, 0));
        Assert.Throws<ArgumentException>(() => Camera.FromFieldOfView(640, -480, 60));
        Assert.Throws<ArgumentException>(() => new Camera(600, 600, 320, 240, 640));
    }

    [Fact]
    public void A_camera_for_another_image_size_is_refused()
    {
        Assert.Contains("640x480", Assert.Throws<ArgumentException>(() => Camera.Guess(640, 480).RequireSize(320, 240)).Message);
        new Camera(600, 600, 320, 240).RequireSize(320, 240);
    }

    [Fact]
    public void Project_and_ray_are_each_others_inverse()
    {
        var camera = new Camera(610, 605, 318.5, 242.25);
        var point = new Vector3(0.1f, -0.05f, 0.5f);
        Vector3 ray = camera.Ray(camera.Project(point));

        Assert.Equal(1, ray.Z);
        Assert.True(Vector3.Distance(point, ray * point.Z) < 1e-6f);
    }

    [Theory]
    [InlineData(10, 10, 0, 5, "is empty")]
    [InlineData(10, 10, 5, -5, "is empty")]
    [InlineData(640, 10, 5, 5, "lies outside")]
    [InlineData(-50, 10, 50, 5, "lies outside")]
    [InlineData(double.NaN, 10, 5, 5, "not finite")]
    [InlineData(10, 10, double.PositiveInfinity, 5, "not finite")]
    public void A_box_that_cannot_hold_a_hand_is_refused(double x, double y, double width, double height, string why)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new HandBox(x, y, width, height).Validate(640, 480));

        Assert.Contains(why, error.Message);
        Assert.Contains("640x480", error.Message);
    }

    [Fact]
    public void A_box_may_reach_beyond_the_image()
    {
        new HandBox(-20, 400, 100, 200).Validate(640, 480);
    }
}
