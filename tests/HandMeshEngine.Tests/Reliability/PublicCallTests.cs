using CsCheck;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>For all arguments: a result, or the exception that the call documents. CsCheck draws the arguments and shrinks what fails.</summary>
public sealed class PublicCallTests
{
    private const int Draws = 1_000;

    // Ordinary numbers, and those at which arithmetic breaks.
    private static readonly Gen<double> _number = Gen.OneOf(
        Gen.Double[-2000, 2000],
        Gen.OneOf(
            0.0, -0.0, 1, 1e-300, 1e-9, 0.001, 1e8, 1e9, 1e30, 1e300, double.Epsilon, double.MaxValue, -1, -1e30,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity));

    private static readonly Gen<int> _count = Gen.OneOf(Gen.Int[-3, 70], Gen.OneOf(0, 1, 46341, 1 << 20, int.MaxValue, int.MinValue, -1));

    [Fact]
    public void A_camera_is_made_of_any_numbers_or_refused() => Gen.Select(_number, _number, _number, _number, _count, _count).Sample(
        (fx, fy, cx, cy, width, height) =>
        {
            Documented(() => Require(new Camera(fx, fy, cx, cy)));
            Documented(() => Require(new Camera(fx, fy, cx, cy, width, height)));
            Documented(() => Require(Camera.FromFieldOfView(width, height, fx)));
            Documented(() => Require(Camera.FromExif(width, height, fx)));
            Documented(() => Require(Camera.Guess(width, height)));
        },
        iter: Draws);

    [Fact]
    public void A_frame_is_made_of_any_numbers_or_refused() => Gen.Select(_count, _count, _count, _count, Gen.Int[-1, 20]).Sample(
        (bytes, width, height, stride, format) =>
        {
            byte[] pixels = new byte[Math.Clamp(bytes, 0, 1 << 16)];
            Documented(() =>
            {
                var view = new ImageView(pixels, width, height, stride, (PixelFormat)format);
                RgbImage copy = RgbImage.From(view);
                Assert.Equal((view.Width, view.Height), (copy.Width, copy.Height));
            });
            Documented(() => _ = new RgbImage(Math.Min(width, 4096), Math.Min(height, 4096)).Pixels.Length);
        },
        iter: Draws);

    [Fact]
    public void An_exif_camera_is_there_or_null_whatever_the_picture_says() => Gen.Select(_number, _count, _count).Sample(
        (focal, width, height) =>
        {
            var image = new RgbImage(64, 48);
            image.Info = image.Info with { FocalLengthIn35mmFilm = focal, ExifWidth = width, ExifHeight = height };
            if (Camera.FromExif(image) is { } camera)
            {
                Require(camera);
            }
        },
        iter: Draws);

    [Fact]
    public void A_prediction_gives_finite_hands_or_refuses_its_arguments()
    {
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "lite", Threads = 1 });
        HandResult result = estimator.CreateResult();
        Gen.Select(Gen.Select(_number, _number, _number, _number), Gen.Select(_number, _number, _number), _number.Nullable(), _number.Nullable()).Sample(
            (box, camera, size, depth) => Documented(() =>
            {
                (double x, double y, double width, double height) = box;
                (double focal, double cx, double cy) = camera;
                estimator.Predict(
                    photo,
                    new Camera(focal, focal, cx, cy),
                    result,
                    new PredictOptions { Box = new HandBox(x, y, width, height), HandSize = size, RootDepth = depth });
                foreach (HandMesh hand in result.Hands)
                {
                    Assert.True(hand.IsFinite);
                }
            }),
            iter: Draws / 4,
            threads: 1);
    }

    private static void Require(Camera camera) =>
        Assert.True(double.IsFinite(camera.Fx) && double.IsFinite(camera.Fy) && double.IsFinite(camera.Cx) && double.IsFinite(camera.Cy));

    private static void Documented(Action call)
    {
        try
        {
            call();
        }
        catch (ArgumentException)
        {
            // The documented answer to arguments that make no sense.
            return;
        }
    }
}
