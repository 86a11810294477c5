namespace HandMeshEngine.Tests.Estimation;

/// <summary>A camera's thread, a renderer's, and one between them (docs/tracking.md 6).</summary>
public sealed class LiveTrackerTests : IDisposable
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(2);

    private readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });

    private Camera Camera => Camera.Guess(_photo.Width, _photo.Height);

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public async Task Posted_frames_come_back_with_their_time_and_hands()
    {
        using var live = new LiveTracker(_estimator);
        LiveResult result = live.CreateResult();
        Assert.False(live.TryTake(result));
        Assert.Equal(-1, result.Frame);
        Vector3[] expected = Tracked();
        live.Post(_photo.View, Camera, At(3));
        await live.TakeAsync(result, Ends());

        Assert.Equal((0, At(3), Camera), (result.Frame, result.Time, result.Camera));
        Assert.Equal(expected, Assert.Single(result.Hands).Vertices.ToArray());
        Assert.True(result.Latency > TimeSpan.Zero);
        Assert.False(live.TryTake(result));
        Assert.Equal((1, 0, 1), (live.Posted, live.Dropped, live.Predicted));
    }

    [Fact]
    public async Task The_latest_frame_wins_and_the_others_are_counted()
    {
        using var live = new LiveTracker(_estimator);
        LiveResult result = live.CreateResult();
        const int frames = 50;
        int dropping = 0;
        for (int i = 0; i < frames; i++)
        {
            dropping += live.Post(_photo.View, Camera, At(i)) ? 0 : 1;
        }

        while (result.Frame < frames - 1)
        {
            await live.TakeAsync(result, Ends());
        }

        Assert.Equal(At(frames - 1), result.Time);
        Assert.Equal((frames, dropping), (live.Posted, live.Dropped));
        Assert.Equal(frames, live.Dropped + live.Predicted);
        Assert.True(live.Dropped > 0, "fifty copies are faster than fifty predictions");
        Assert.Equal(0, Assert.Single(result.Hands).Id);
    }

    [Fact]
    public async Task A_queue_that_is_long_enough_drops_nothing()
    {
        using var live = new LiveTracker(_estimator, new LiveOptions { Queue = 8 });
        LiveResult result = live.CreateResult();
        for (int i = 0; i < 8; i++)
        {
            Assert.True(live.Post(_photo.View, Camera, At(i)));
        }

        while (result.Frame < 7)
        {
            await live.TakeAsync(result, Ends());
        }

        Assert.Equal((0, 8), (live.Dropped, live.Predicted));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_ends_with_the_tracker()
    {
        var live = new LiveTracker(_estimator);
        LiveResult result = live.CreateResult();
        using var source = new CancellationTokenSource();
        Task cancelled = live.TakeAsync(result, source.Token), disposed = live.TakeAsync(result, CancellationToken.None);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(_long, TestContext.Current.CancellationToken));
        live.Dispose();
        live.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => disposed.WaitAsync(_long, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => live.Post(_photo.View, Camera, At(0)));
    }

    [Fact]
    public void Bad_frames_are_refused_where_they_are_posted_and_cost_nothing()
    {
        using var live = new LiveTracker(_estimator);
        live.Post(_photo.View, Camera, At(5));

        Assert.Contains("times must rise", Assert.Throws<ArgumentException>(() => live.Post(_photo.View, Camera, At(5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => live.Post(default, Camera, At(6)));
        Assert.Throws<ArgumentException>(() => live.Post(_photo.View, Camera, At(6), new PredictOptions { HandSize = -1 }));
        Assert.Throws<ArgumentException>(() => live.Post(ImageView.InDeviceMemory(64, _photo.Width, _photo.Height, _photo.Width * 3, PixelFormat.Rgb), Camera, At(6)));
        Assert.Throws<ArgumentException>(() => new LiveTracker(_estimator, new LiveOptions { Queue = 0 }));
        Assert.Equal(1, live.Posted);
        live.Reset();
        live.Post(_photo.View, Camera, At(0));
        Assert.Equal(2, live.Posted);
    }

    [Fact]
    public async Task A_prediction_that_fails_is_told_to_who_takes()
    {
        HandEstimator closed = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        using var live = new LiveTracker(closed);
        LiveResult result = live.CreateResult();
        closed.Dispose();
        live.Post(_photo.View, Camera, At(0));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => live.TakeAsync(result, Ends()));
        Assert.IsType<ObjectDisposedException>(failure.InnerException);
        Assert.Throws<InvalidOperationException>(() => live.TryTake(result));
    }

    [Fact]
    public void Posting_allocates_nothing_once_frames_of_the_size_have_come()
    {
        using var live = new LiveTracker(_estimator);
        Camera camera = Camera;
        for (int i = 0; i < 10; i++)
        {
            live.Post(_photo.View, camera, At(i));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 10; i < 20; i++)
        {
            live.Post(_photo.View, camera, At(i));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_copy_of_a_frame_is_the_frame_in_every_format()
    {
        YuvFrame yuv = YuvFrame.Of(_photo);
        var copy = new FrameCopy();
        Assert.Throws<InvalidOperationException>(() => copy.View.Width);
        Same(copy, yuv.View);
        Same(copy, yuv.Turned(FrameOrientation.Turn90));
        Same(copy, ImageView.I420(yuv.Y, yuv.Width, yuv.Cb, (yuv.Width + 1) / 2, yuv.Cr, (yuv.Width + 1) / 2, yuv.Width, yuv.Height, YuvEncoding.Bt601Full));
        Same(copy, _photo.View);
        int stride = _photo.Width * 3;
        Same(copy, new ImageView(_photo.Pixels, _photo.Width, _photo.Height, -stride, PixelFormat.Bgr));
    }

    private static TimeSpan At(int frame) => TimeSpan.FromSeconds(frame / 30.0);

    private static CancellationToken Ends() => TestContext.Current.CancellationToken;

    private Vector3[] Tracked()
    {
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        tracker.Predict(_photo.View, Camera, result);
        return result[0].Vertices.ToArray();
    }

    // The networks read the same from both.
    private void Same(FrameCopy copy, ImageView frame)
    {
        copy.Take(frame);
        Camera camera = Camera.Guess(frame.Width, frame.Height);
        var box = new PredictOptions { Box = new HandBox(0, 0, frame.Width, frame.Height) };
        HandResult expected = _estimator.Predict(frame, camera, box), actual = _estimator.Predict(copy.View, camera, box);
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(Enumerable.Range(0, expected.Count), i => Assert.Equal(expected[i].Vertices.ToArray(), actual[i].Vertices.ToArray()));
        Assert.Equal((frame.Format, frame.Orientation, frame.Stride), (copy.View.Format, copy.View.Orientation, copy.View.Stride));
    }
}
