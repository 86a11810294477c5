namespace HandMeshEngine.Tests.Estimation;

/// <summary>What embedders rely on: no allocation, equal bits, threads, clear refusals.</summary>
public sealed class EstimatorContractTests : IDisposable
{
    private readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "fist.jpg"));
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });

    private Camera PhotoCamera => Camera.Guess(_photo.Width, _photo.Height);

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public void A_prediction_into_a_reused_result_allocates_nothing()
    {
        HandResult result = _estimator.CreateResult();
        Camera camera = PhotoCamera;
        for (int i = 0; i < 3; i++)
        {
            _estimator.Predict(View(), camera, result);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            _estimator.Predict(View(), camera, result);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Single(result);
    }

    [Fact]
    public void A_tracked_frame_allocates_nothing()
    {
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        Camera camera = PhotoCamera;
        for (int i = 0; i < 3; i++)
        {
            tracker.Predict(View(), camera, result);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            tracker.Predict(View(), camera, result);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Two_runs_give_the_same_bits_whatever_the_number_of_threads()
    {
        HandMesh first = _estimator.Predict(View(), PhotoCamera)[0];
        HandMesh second = _estimator.Predict(View(), PhotoCamera)[0];
        using HandEstimator single = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Threads = 1 });
        HandMesh third = single.Predict(View(), PhotoCamera)[0];
        Assert.Equal(first.Vertices.ToArray(), second.Vertices.ToArray());
        Assert.Equal(first.Vertices.ToArray(), third.Vertices.ToArray());
    }

    [Fact]
    public async Task Eight_threads_on_one_estimator_get_the_serial_results()
    {
        Vector3[] serial = _estimator.Predict(View(), PhotoCamera)[0].Vertices.ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                HandResult result = _estimator.CreateResult();
                for (int i = 0; i < 3; i++)
                {
                    _estimator.Predict(View(), PhotoCamera, result);
                    Assert.Equal(serial, result[0].Vertices.ToArray());
                }
            },
            TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(PixelFormat.Bgr)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Bgra)]
    public void Pixel_formats_and_strides_do_not_matter(PixelFormat format)
    {
        int bytes = format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;
        int red = format is PixelFormat.Rgb or PixelFormat.Rgba ? 0 : 2;
        int stride = (_photo.Width * bytes) + 13;
        var pixels = new byte[stride * _photo.Height];
        for (int y = 0; y < _photo.Height; y++)
        {
            ReadOnlySpan<byte> row = _photo.Row(y);
            for (int x = 0; x < _photo.Width; x++)
            {
                int at = (y * stride) + (x * bytes);
                (pixels[at + red], pixels[at + 1], pixels[at + 2 - red]) = (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
            }
        }

        HandMesh expected = _estimator.Predict(View(), PhotoCamera)[0];
        HandMesh actual = _estimator.Predict(new ImageView(pixels, _photo.Width, _photo.Height, stride, format), PhotoCamera)[0];
        Assert.Equal(expected.Vertices.ToArray(), actual.Vertices.ToArray());
    }

    [Fact]
    public void A_box_finds_the_same_hand_as_the_detector()
    {
        HandMesh found = _estimator.Predict(View(), PhotoCamera)[0];
        Vector2 low = found.Keypoints.ToArray().Aggregate(Vector2.Min), high = found.Keypoints.ToArray().Aggregate(Vector2.Max);
        var options = new PredictOptions { Box = new HandBox(low.X, low.Y, high.X - low.X, high.Y - low.Y), Handedness = Handedness.Left };
        HandMesh given = _estimator.Predict(View(), PhotoCamera, options)[0];
        Assert.Null(given.DetectionScore);
        Assert.Null(found.Box);
        Assert.Equal(options.Box, given.Box);
        Assert.Equal(options.Box, given.Clone().Box);
        Assert.True(Vector3.Distance(found.Root, given.Root) < 0.02, $"{found.Root} {given.Root}");
    }

    [Fact]
    public void The_camera_scales_the_distance_and_a_known_size_replaces_the_guessed_one()
    {
        HandMesh near = _estimator.Predict(View(), new Camera(600, 600, 240, 320))[0];
        HandMesh far = _estimator.Predict(View(), new Camera(1200, 1200, 240, 320))[0];
        Assert.Equal(2, far.Root.Z / near.Root.Z, 0.1);
        Assert.Equal(PlacementFlags.SizeAssumed, near.Placement.Flags & ~PlacementFlags.SizeUncertain);
        Assert.Equal(PredictOptions.AdultHandSize, near.Size, 1e-6);

        HandMesh small = _estimator.Predict(View(), PhotoCamera, new PredictOptions { HandSize = 0.7 })[0];
        HandMesh large = _estimator.Predict(View(), PhotoCamera, new PredictOptions { HandSize = 1.4 })[0];
        Assert.Equal(2, large.Root.Z / small.Root.Z, 0.1);
        Assert.Equal(HandSizeSource.Given, large.SizeSource);
        Assert.Equal(PlacementFlags.GuessedCamera, large.Placement.Flags);
    }

    [Fact]
    public void Impossible_requests_are_refused_in_words()
    {
        var outside = new PredictOptions { Box = new HandBox(5000, 0, 10, 10) };
        Assert.Contains("lies outside the image", Assert.Throws<ArgumentException>(() => _estimator.Predict(View(), PhotoCamera, outside)).Message);
        Assert.Contains("the image is empty", Assert.Throws<ArgumentException>(() => _estimator.Predict(default, PhotoCamera)).Message);
        Assert.Contains("640x480", Assert.Throws<ArgumentException>(() => _estimator.Predict(View(), Camera.Guess(640, 480))).Message);
        Assert.Contains("hand size", Assert.Throws<ArgumentException>(() => _estimator.Predict(View(), PhotoCamera, new PredictOptions { HandSize = double.NaN })).Message);
        Assert.Contains("MaxHands is 0", Assert.Throws<ArgumentException>(() => HandEstimator.Open(new EstimatorOptions { MaxHands = 0 })).Message);
    }

    [Fact]
    public void What_belongs_to_another_estimator_or_to_nobody_is_refused()
    {
        using HandEstimator other = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxHands = 1 });
        Assert.Contains("made by another estimator", Assert.Throws<ArgumentException>(() => _estimator.Predict(View(), PhotoCamera, other.CreateResult())).Message);
        Assert.Throws<ArgumentNullException>(() => _estimator.Predict(View(), PhotoCamera, (HandResult)null!));
        Assert.Throws<ArgumentNullException>(() => _estimator.Predict(View(), null!));
        Assert.Throws<ArgumentNullException>(() => HandEstimator.Open(new EstimatorOptions { Device = null! }));
        Assert.Contains("no pixel format 77", Assert.Throws<ArgumentException>(() => new ImageView(_photo.Pixels, 4, 4, 16, (PixelFormat)77)).Message);
        Assert.Contains("give 0 (one for each core) to 256", Assert.Throws<ArgumentException>(() => HandEstimator.Open(new EstimatorOptions { Device = "cpu", Threads = 257 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => HandNetworks.Build(new EstimatorOptions(), hands: 0));
    }

    [Fact]
    public async Task Threads_that_predict_while_the_estimator_is_disposed_finish_or_are_told()
    {
        HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "lite" });
        using var started = new CountdownEvent(4);
        Task[] users = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                HandResult result = estimator.CreateResult();
                started.Signal();
                Assert.Throws<ObjectDisposedException>(() => PredictUntilRefused(estimator, result));
            },
            TestContext.Current.CancellationToken))];
        started.Wait(TestContext.Current.CancellationToken);
        estimator.Dispose();
        await Task.WhenAll(users);
    }

    [Fact]
    public void A_disposed_estimator_says_so()
    {
        HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        estimator.Dispose();
        estimator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => estimator.Predict(View(), PhotoCamera));
    }

    private void PredictUntilRefused(HandEstimator estimator, HandResult result)
    {
        while (true)
        {
            estimator.Predict(View(), PhotoCamera, result);
            Assert.Single(result);
        }
    }

    private ImageView View() => new(_photo.Pixels, _photo.Width, _photo.Height, _photo.Width * 3, PixelFormat.Rgb);
}
