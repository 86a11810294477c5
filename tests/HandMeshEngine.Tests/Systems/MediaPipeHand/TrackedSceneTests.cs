namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>Painted videos whose hands are known, through the tracker (docs/tracking.md 2, 3).</summary>
public sealed class TrackedSceneTests : IDisposable
{
    private const double Rate = 30;
    private const double SensorNoise = 3;

    private readonly HandScene _scene = new();
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });

    public void Dispose() => _estimator.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Id_side_and_size_outlast_frames_that_do_not_show_the_hand(int missed)
    {
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        for (int frame = 0; frame < 20 + missed; frame++)
        {
            bool isShown = frame < 10 || frame >= 10 + missed;
            Vector3 place = Along(frame);
            tracker.Predict(
                isShown ? _scene.Frame(frame, SensorNoise, (Handedness.Left, place)) : _scene.Frame(frame, SensorNoise), HandScene.Camera, At(frame), result);
            HandMesh hand = Assert.Single(result);

            Assert.Equal((0, Handedness.Left), (hand.Id, hand.Handedness));
            Assert.Equal(PredictOptions.AdultHandSize, hand.Size, 0.01);
            Assert.Equal(!isShown, hand.IsPredicted);
            Assert.Equal(isShown, hand.Score > 0.5);
            Assert.True(Vector3.Distance(place, hand.Joints[9]) < (isShown ? 0.08 : 0.12), $"frame {frame}: {hand.Joints[9]}, not {place}");
        }
    }

    [Fact]
    public void A_hand_out_of_sight_for_longer_than_the_patience_is_gone_and_comes_back_as_another()
    {
        HandTracker tracker = _estimator.CreateTracker(new TrackerOptions { Patience = TimeSpan.FromSeconds(0.2) });
        HandResult result = tracker.CreateResult();
        var ids = new List<int?>();
        foreach ((double seconds, bool isShown) in new[] { (0.0, true), (0.1, true), (0.25, false), (0.35, false), (0.4, true) })
        {
            Vector3 place = Along(0);
            tracker.Predict(
                isShown ? _scene.Frame(0, SensorNoise, (Handedness.Left, place)) : _scene.Frame(0, SensorNoise), HandScene.Camera, TimeSpan.FromSeconds(seconds), result);
            ids.Add(result.Count > 0 ? result[0].Id : null);
        }

        Assert.Equal([0, 0, 0, null, 1], ids);
    }

    [Theory]
    [InlineData(Handedness.Left, Handedness.Right, 40)]
    [InlineData(Handedness.Left, Handedness.Right, 24)]
    [InlineData(Handedness.Right, Handedness.Right, 40)]
    [InlineData(Handedness.Right, Handedness.Right, 24)]
    public void Hands_that_cross_keep_their_ids_and_sides(Handedness front, Handedness back, int frames)
    {
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        var ids = new int?[2];
        for (int frame = 0; frame < frames; frame++)
        {
            float along = -0.16f + (0.32f * frame / (frames - 1));
            var places = new[] { new Vector3(along, 0.03f, 0.45f), new Vector3(-along, -0.01f, 0.6f) };
            tracker.Predict(_scene.Frame(frame, SensorNoise, (front, places[0]), (back, places[1])), HandScene.Camera, At(frame), result);
            bool isBefore = along < -0.09f;
            for (int i = 0; i < 2 && (isBefore || frame == frames - 1); i++)
            {
                HandMesh hand = result.MinBy(hand => Vector3.Distance(hand.Joints[9], places[i]))!;
                ids[i] = isBefore ? hand.Id : ids[i];
                Assert.Equal((ids[i], false), (hand.Id, hand.IsPredicted));
                Assert.True(isBefore || hand.Handedness == (i == 0 ? front : back));
            }
        }

        Assert.Equal([0, 1], ids.Order());
    }

    [Fact]
    public void The_filter_stills_a_hand_at_rest_and_lags_a_hand_that_moves()
    {
        Sequence(null, isMoving: false, out double noise, out _);
        Sequence(SmoothingOptions.Default, isMoving: false, out double still, out _);
        Sequence(SmoothingOptions.Default, isMoving: true, out _, out double lag);

        Assert.True(still < 0.4 * noise, $"{1000 * still} mm with the filter, {1000 * noise} without");
        Assert.InRange(1000 * lag, 0.5, 20);
    }

    [Fact]
    public void Filtered_joints_skin_and_translation_belong_together()
    {
        HandTracker tracker = _estimator.CreateTracker(new TrackerOptions { Smoothing = SmoothingOptions.Default });
        HandResult result = tracker.CreateResult();
        for (int frame = 0; frame < 6; frame++)
        {
            tracker.Predict(_scene.Frame(frame, SensorNoise, (Handedness.Right, Along(4 * frame))), HandScene.Camera, At(frame), result);
        }

        HandMesh hand = result[0];
        HandSkeleton skeleton = HandSkeleton.Of(hand.Handedness);
        int vertex = 700, joint = skeleton.VertexJoints[4 * vertex];
        Assert.Equal(1, skeleton.VertexWeights[4 * vertex], 0.5f);
        Vector3 own = Vector3.Transform(skeleton.Vertices[vertex] - skeleton.Rest[joint].Position, Quaternion.Conjugate(skeleton.Rest[joint].Orientation));
        JointPose pose = hand.Pose.Joints[joint];
        Assert.True(Vector3.Distance(hand.Vertices[vertex], pose.Position + Vector3.Transform(hand.Pose.Scales[joint] * own, pose.Orientation)) < 0.02f);
        Assert.True(Vector3.Distance(hand.Joints[9], hand.RelativeJoints[9] + hand.Translation) < 0.03f);
    }

    [Fact]
    public void Times_that_do_not_rise_are_refused_until_a_reset()
    {
        HandTracker tracker = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        ImageView view = _scene.Frame(0, SensorNoise);
        tracker.Predict(view, HandScene.Camera, At(9), result);

        string message = Assert.Throws<ArgumentException>(() => tracker.Predict(_scene.Image.View, HandScene.Camera, At(9), result)).Message;
        Assert.Contains("times must rise", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => tracker.Predict(_scene.Image.View, HandScene.Camera, At(3), result));
        tracker.Predict(_scene.Image.View, HandScene.Camera, result);
        Assert.Equal(10 / Rate, tracker.Time!.Value.TotalSeconds, 1e-3);
        tracker.Reset();
        Assert.Null(tracker.Time);
        tracker.Predict(_scene.Image.View, HandScene.Camera, At(0), result);
    }

    [Theory]
    [InlineData(-1, 30, 1)]
    [InlineData(61, 30, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, 30, 0)]
    [InlineData(1, 30, double.NaN)]
    public void Options_out_of_range_are_refused(double patience, double rate, double cutoff)
    {
        var options = new TrackerOptions
        {
            Patience = TimeSpan.FromSeconds(patience),
            FrameRate = rate,
            Smoothing = new SmoothingOptions { PlaceCutoff = cutoff },
        };

        Assert.Throws<ArgumentException>(() => _estimator.CreateTracker(options));
    }

    [Fact]
    public void A_tracked_frame_allocates_nothing_with_filter_pose_and_frames_that_miss_the_hand()
    {
        HandTracker tracker = _estimator.CreateTracker(new TrackerOptions { Smoothing = SmoothingOptions.Default });
        HandResult result = tracker.CreateResult();
        byte[] shown = _scene.Frame(0, SensorNoise, (Handedness.Right, Along(0))).Pixels.ToArray(), empty = _scene.Frame(0, SensorNoise).Pixels.ToArray();
        long before = 0;
        for (int frame = 0; frame < 16; frame++)
        {
            if (frame == 8)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            tracker.Predict(View(frame % 4 == 3 ? empty : shown), HandScene.Camera, result);
            foreach (HandMesh hand in result.Hands)
            {
                _ = hand.Pose;
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(result[0].IsPredicted);
    }

    private static ImageView View(byte[] pixels) => new(pixels, HandScene.Width, HandScene.Height, HandScene.Width * 3, PixelFormat.Rgb);

    private static TimeSpan At(int frame) => TimeSpan.FromSeconds(frame / Rate);

    // 15 cm a second across the picture.
    private static Vector3 Along(int frame) => new(-0.08f + (0.005f * frame), 0.02f, 0.5f);

    // Deviation of the middle knuckle between frames, and its rms distance from where the same frames put it without a filter.
    private void Sequence(SmoothingOptions? smoothing, bool isMoving, out double jitter, out double lag)
    {
        HandTracker tracker = _estimator.CreateTracker(new TrackerOptions { Smoothing = smoothing }), plain = _estimator.CreateTracker();
        HandResult result = tracker.CreateResult(), seen = plain.CreateResult();
        var places = new List<Vector3>();
        double sum = 0;
        for (int frame = 0; frame < 45; frame++)
        {
            float turn = isMoving ? MathF.Sin(2 * MathF.PI * frame / 30) : 0;
            ImageView view = _scene.Frame(frame, SensorNoise, (Handedness.Right, new Vector3(0.03f * turn, 0, 0.5f + (0.05f * turn))));
            tracker.Predict(view, HandScene.Camera, At(frame), result);
            plain.Predict(_scene.Image.View, HandScene.Camera, At(frame), seen);
            if (frame >= 15)
            {
                places.Add(result[0].Joints[9]);
                sum += Vector3.DistanceSquared(result[0].Joints[9], seen[0].Joints[9]);
            }
        }

        lag = Math.Sqrt(sum / places.Count);
        jitter = Math.Sqrt(Enumerable.Range(2, places.Count - 2).Average(i => (places[i] - (2 * places[i - 1]) + places[i - 2]).LengthSquared()) / 6);
    }
}
