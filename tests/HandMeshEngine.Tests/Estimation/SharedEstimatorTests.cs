namespace HandMeshEngine.Tests.Estimation;

/// <summary>One estimator or a pool under many callers.</summary>
public sealed class SharedEstimatorTests
{
    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);
    private static readonly EstimatorOptions _options = new() { Device = "cpu", Variant = "lite", Threads = 1 };

    [Fact]
    public async Task Asynchronous_calls_give_the_same_hands_and_can_be_cancelled_while_they_wait()
    {
        using HandEstimator estimator = HandEstimator.Open(_options);
        HandMesh expected = Assert.Single(estimator.Predict(_photo, _camera));
        using var cancellation = new CancellationTokenSource();
        Task<HandResult>[] calls = [.. Enumerable.Range(0, 4).Select(_ => estimator.PredictAsync(_photo, _camera, null, CancellationToken.None))];
        Task<HandResult> cancelled = estimator.PredictAsync(_photo, _camera, null, cancellation.Token);
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        foreach (HandResult result in await Task.WhenAll(calls))
        {
            Assert.Equal(expected.Vertices, Assert.Single(result).Vertices);
        }
    }

    [Fact]
    public async Task A_pool_gives_every_caller_the_same_hand()
    {
        using EstimatorPool pool = EstimatorPool.Open(_options, 2);
        HandResult[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pool.PredictAsync(_photo, _camera)));

        Assert.Equal(2, pool.Count);
        Assert.All(results, result => Assert.Equal(results[0][0].Vertices, Assert.Single(result).Vertices));
        Assert.Equal(results[0][0].Vertices, Assert.Single(pool.Predict(_photo, _camera)).Vertices);
        Assert.Equal(0, pool.Waiting);
        Assert.Contains("a pool of 65 estimators is not possible", Assert.Throws<ArgumentException>(() => EstimatorPool.Open(_options, 65)).Message);
    }

    [Fact]
    public async Task A_frame_of_planes_can_be_predicted_on_another_thread()
    {
        YuvFrame frame = YuvFrame.Of(_photo);
        byte[] pairs = YuvFrame.Interleave(frame.Cb, frame.Cr);
        ImageView Frame() => ImageView.Nv12(frame.Y, frame.Width, pairs, frame.Width, frame.Width, frame.Height);
        using HandEstimator estimator = HandEstimator.Open(_options);
        using EstimatorPool pool = EstimatorPool.Open(_options, 2);
        Vector3[] expected = [.. Assert.Single(estimator.Predict(Frame(), _camera)).Vertices];

        Assert.Equal(expected, Assert.Single(await estimator.PredictAsync(Frame, _camera)).Vertices.ToArray());
        Assert.Equal(expected, Assert.Single(await pool.PredictAsync(Frame, _camera)).Vertices.ToArray());
    }

    [Fact]
    public async Task A_frame_that_is_gone_when_its_turn_comes_fails_alone()
    {
        using HandEstimator estimator = HandEstimator.Open(_options);
        int asked = 0;
        ImageView Gone() => asked++ == 0 ? _photo : throw new InvalidOperationException("the frame is gone");
        ImageView Shrunk() => asked++ == 0 ? _photo : new RgbImage(8, 8);

        Assert.Equal("the frame is gone", (await Assert.ThrowsAsync<InvalidOperationException>(() => estimator.PredictAsync(Gone, _camera))).Message);
        asked = 0;
        await Assert.ThrowsAsync<ArgumentException>(() => estimator.PredictAsync(Shrunk, _camera));
        Assert.Single(estimator.Predict(_photo, _camera));
    }
}
