using HandMeshEngine.Images;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>A batch of images gives what its images give alone, allocates nothing, and refuses what does not fit.</summary>
public sealed class BatchPredictionTests : IDisposable
{
    private readonly RgbImage[] _photos =
        [.. new[] { "fist.jpg", "pointing.jpg", "hook.jpg" }.Select(name => RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", name)))];

    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "lite" });

    private Camera PhotoCamera => Camera.Guess(_photos[0].Width, _photos[0].Height);

    public void Dispose() => _estimator.Dispose();

    [Theory]
    [InlineData("cpu")]
    [InlineData("reference")]
    public void The_images_of_a_batch_come_out_as_alone(string device)
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = device, Variant = "lite" });
        RgbImage black = new(480, 640, new byte[480 * 640 * 3]);
        RgbImage[] images = device == "cpu" ? [.. _photos, black] : [_photos[1]];
        HandResult[] results = estimator.PredictBatch(images, [PhotoCamera]);
        for (int i = 0; i < images.Length; i++)
        {
            HandResult alone = estimator.Predict(images[i], PhotoCamera);
            Assert.Equal((alone.Count, alone.Search, alone.UsedFallback), (results[i].Count, results[i].Search, results[i].UsedFallback));
            for (int hand = 0; hand < alone.Count; hand++)
            {
                Assert.Equal(alone[hand].Vertices, results[i][hand].Vertices);
                Assert.Equal(alone[hand].DetectionScore, results[i][hand].DetectionScore);
            }
        }
    }

    [Fact]
    public void What_is_known_of_each_image_counts_for_it_alone()
    {
        var box = new HandBox(100, 100, 280, 400);
        PredictOptions[] known = [new() { Box = box }, PredictOptions.None, new() { Handedness = Handedness.Left, HandSize = 0.6 }];
        HandResult[] results = _estimator.PredictBatch(_photos, [PhotoCamera], known);
        for (int i = 0; i < known.Length; i++)
        {
            HandResult alone = _estimator.Predict(_photos[i], PhotoCamera, known[i]);
            Assert.Equal(alone.Count, results[i].Count);
            Assert.Equal(alone[0].Vertices, results[i][0].Vertices);
            Assert.Equal((alone[0].Box, alone[0].Handedness), (results[i][0].Box, results[i][0].Handedness));
        }
    }

    [Fact]
    public void A_network_behind_boxes_sees_every_image_and_both_sides()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", System = "mobrecon", Weights = "random:7" });
        var box = new HandBox(100, 100, 280, 400);
        PredictOptions[] known = [new() { Box = box, Handedness = Handedness.Left }, new() { Box = box, Handedness = Handedness.Right }, PredictOptions.None];
        HandResult[] results = estimator.PredictBatch(_photos, [PhotoCamera, PhotoCamera, PhotoCamera], known);
        for (int i = 0; i < known.Length; i++)
        {
            HandResult alone = estimator.Predict(_photos[i], PhotoCamera, known[i]);
            Assert.Single(alone);
            Assert.Single(results[i]);
            Assert.Equal(alone[0].Vertices, results[i][0].Vertices);
            Assert.Equal((alone[0].Score, alone[0].RightProbability), (results[i][0].Score, results[i][0].RightProbability));
        }
    }

    [Fact]
    public void A_batch_into_reused_results_allocates_nothing()
    {
        HandResult[] results = [.. _photos.Select(_ => _estimator.CreateResult())];
        Camera[] cameras = [PhotoCamera];
        Func<int, ImageView> frame = i => _photos[i];
        for (int i = 0; i < 3; i++)
        {
            _estimator.PredictBatch(frame, cameras, results);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        _estimator.PredictBatch(frame, cameras, results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(results, result => Assert.Single(result));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_runs()
    {
        HandResult result = _estimator.CreateResult();
        Func<int, ImageView> frame = i => _photos[i];
        Assert.Contains("2 cameras for 3 images", Assert.Throws<ArgumentException>(
            () => _estimator.PredictBatch(_photos, [PhotoCamera, PhotoCamera])).Message);
        Assert.Contains("2 options for 3 images", Assert.Throws<ArgumentException>(
            () => _estimator.PredictBatch(_photos, [PhotoCamera], [PredictOptions.None, PredictOptions.None])).Message);
        Assert.Contains("image 1", Assert.Throws<ArgumentException>(
            () => _estimator.PredictBatch(frame, [PhotoCamera], [result, result])).Message);
        Assert.Throws<ArgumentException>(() => _estimator.PredictBatch(_ => default, [PhotoCamera], [result]));
        Assert.Throws<ArgumentNullException>(() => _estimator.PredictBatch(null!, [PhotoCamera], [result]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _estimator.Prepare(0));
        _estimator.PredictBatch(frame, [PhotoCamera], []);
        _estimator.Prepare(4);
        _estimator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _estimator.PredictBatch(frame, [PhotoCamera], [result]));
    }
}
