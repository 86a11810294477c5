namespace HandMeshEngine.Tests.Estimation;

/// <summary>One photo handed over in every way that cameras store it: the same hand.</summary>
public sealed class FrameRouteTests : IDisposable
{
    private const float TenthMillimetre = 1e-4f;

    private readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });

    private Camera Camera => Camera.Guess(_photo.Width, _photo.Height);

    private ImageView Upright => new(_photo.Pixels, _photo.Width, _photo.Height, _photo.Width * 3, PixelFormat.Rgb);

    public void Dispose() => _estimator.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_turned_or_mirrored_frame_gives_the_hand_of_the_upright_photo(int exif)
    {
        FrameOrientation orientation = FrameOrientation.FromExif(exif);
        (byte[] stored, int width, int height) = Stored(orientation);
        var frame = new ImageView(stored, width, height, width * 3, PixelFormat.Rgb) { Orientation = orientation };

        Assert.Equal((_photo.Width, _photo.Height), (frame.Width, frame.Height));
        Same(_estimator.Predict(Upright, Camera), _estimator.Predict(frame, Camera));
    }

    [Fact]
    public void A_frame_stored_from_the_bottom_gives_the_hand_of_the_upright_photo()
    {
        int row = _photo.Width * 3, stride = row + 13;
        var pixels = new byte[(stride * (_photo.Height - 1)) + row];
        for (int y = 0; y < _photo.Height; y++)
        {
            _photo.Row(y).CopyTo(pixels.AsSpan((_photo.Height - 1 - y) * stride));
        }

        HandResult expected = _estimator.Predict(Upright, Camera);
        HandResult actual = _estimator.Predict(new ImageView(pixels, _photo.Width, _photo.Height, -stride, PixelFormat.Rgb), Camera);
        Assert.True(expected[0].Vertices.SequenceEqual(actual[0].Vertices), "not the same bits");
    }

    [Theory]
    [InlineData(PixelFormat.Bgr)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Bgra)]
    [InlineData(PixelFormat.Argb)]
    [InlineData(PixelFormat.Abgr)]
    public void Another_order_of_the_bytes_gives_the_same_bits(PixelFormat format)
    {
        (int Red, int Green, int Blue) at = format switch
        {
            PixelFormat.Bgr or PixelFormat.Bgra => (2, 1, 0),
            PixelFormat.Argb => (1, 2, 3),
            PixelFormat.Abgr => (3, 2, 1),
            _ => (0, 1, 2),
        };
        int bytes = format == PixelFormat.Bgr ? 3 : 4, count = _photo.Width * _photo.Height;
        var pixels = new byte[count * bytes];
        for (int i = 0; i < count; i++)
        {
            pixels[(bytes * i) + at.Red] = _photo.Pixels[3 * i];
            pixels[(bytes * i) + at.Green] = _photo.Pixels[(3 * i) + 1];
            pixels[(bytes * i) + at.Blue] = _photo.Pixels[(3 * i) + 2];
        }

        HandResult expected = _estimator.Predict(Upright, Camera);
        HandResult actual = _estimator.Predict(new ImageView(pixels, _photo.Width, _photo.Height, _photo.Width * bytes, format), Camera);
        Assert.True(expected[0].Vertices.SequenceEqual(actual[0].Vertices), "not the same bits");
    }

    [Fact]
    public void Planes_of_one_yuv_frame_give_the_same_bits_however_they_lie()
    {
        YuvFrame yuv = YuvFrame.Of(_photo);
        (int width, int height, int half) = (_photo.Width, _photo.Height, (_photo.Width + 1) / 2);
        HandResult expected = _estimator.Predict(ImageView.I420(yuv.Y, width, yuv.Cb, half, yuv.Cr, half, width, height), Camera);
        byte[] crcb = YuvFrame.Interleave(yuv.Cr, yuv.Cb), cbcr = YuvFrame.Interleave(yuv.Cb, yuv.Cr);
        Check(ImageView.Nv12(yuv.Y, width, cbcr, 2 * half, width, height));
        Check(ImageView.Nv21(yuv.Y, width, crcb, 2 * half, width, height));
        Check(ImageView.Yuv420(yuv.Y, cbcr.AsSpan(0, cbcr.Length - 1), cbcr.AsSpan(1), width, 2 * half, 2, width, height));
        Check(new ImageView([.. yuv.Y, .. cbcr], width, height, width, PixelFormat.Nv12));
        Check(new ImageView([.. yuv.Y, .. yuv.Cr, .. yuv.Cb], width, height, width, PixelFormat.Yv12));

        void Check(ImageView view) =>
            Assert.True(expected[0].Vertices.SequenceEqual(_estimator.Predict(view, Camera)[0].Vertices), $"{view.Format}: not the same bits");
    }

    [Fact]
    public void A_yuv_frame_gives_the_hand_of_the_photo_but_for_its_colours()
    {
        YuvFrame yuv = YuvFrame.Of(_photo);
        HandMesh expected = _estimator.Predict(Upright, Camera)[0], actual = _estimator.Predict(yuv.View, Camera)[0];

        float mean = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            mean += Vector2.Distance(expected.Keypoints[i], actual.Keypoints[i]) / HandMesh.JointCount;
        }

        Assert.InRange(mean, 0.01f, 3);
    }

    [Fact]
    public void A_prediction_on_planes_turned_behind_a_lens_allocates_nothing()
    {
        YuvFrame yuv = YuvFrame.Of(_photo);
        Camera camera = new Camera(700, 700, _photo.Width / 2.0, _photo.Height / 2.0, _photo.Width, _photo.Height)
            .WithLens(Lens.Fisheye(0.01, 0, 0, 0)).Oriented(FrameOrientation.Turn90);
        HandResult result = _estimator.CreateResult();
        for (int i = 0; i < 3; i++)
        {
            Predict();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++)
        {
            Predict();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Predict() => _estimator.Predict(yuv.Turned(FrameOrientation.Turn90), camera, result);
    }

    [Fact]
    public void Planes_and_strides_that_do_not_fit_are_named()
    {
        byte[] y = new byte[40 * 30], chroma = new byte[40 * 15];
        Refused("plane 1 (CbCr)", "stride 30", () => ImageView.Nv12(y, 40, chroma, 30, 40, 30));
        Refused("plane 2 (Cr)", "stride 19", () => ImageView.I420(y, 40, chroma, 20, chroma, 19, 40, 30));
        Refused("plane 0 (Y)", "1199 bytes", () => ImageView.Nv21(y.AsSpan(1), 40, chroma, 40, 40, 30));
        Refused("all planes in one buffer", "1200 bytes", () => new ImageView(new byte[1200], 40, 30, 40, PixelFormat.Nv12));
        Refused("Gray16", "stride 79", () => new ImageView(y, 40, 15, 79, PixelFormat.Gray16));
        Refused("white", "900", () => ImageView.Gray16(y, 80, 40, 15, 900, 900));

        static void Refused(string what, string number, Action make)
        {
            string message = Assert.Throws<ArgumentException>(make).Message;
            Assert.Contains(what, message, StringComparison.Ordinal);
            Assert.Contains(number, message, StringComparison.Ordinal);
        }
    }

    private static void Same(HandResult expected, HandResult actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        HandMesh a = expected[0], b = actual[0];
        Assert.Equal(a.Handedness, b.Handedness);
        for (int i = 0; i < a.Vertices.Length; i++)
        {
            float off = Vector3.Distance(a.Vertices[i], b.Vertices[i]);
            Assert.True(off <= TenthMillimetre, $"vertex {i} is {off * 1000} mm off");
        }
    }

    private (byte[] Pixels, int Width, int Height) Stored(FrameOrientation orientation)
    {
        int width = orientation.IsSideways ? _photo.Height : _photo.Width, height = orientation.IsSideways ? _photo.Width : _photo.Height;
        var pixels = new byte[width * height * 3];
        PixelMap map = PixelMap.ToStored(orientation, width, height);
        for (int v = 0; v < _photo.Height; v++)
        {
            for (int u = 0; u < _photo.Width; u++)
            {
                (int x, int y) = map.Apply(u, v);
                _photo.Row(v).Slice(3 * u, 3).CopyTo(pixels.AsSpan(3 * ((y * width) + x)));
            }
        }

        return (pixels, width, height);
    }
}
