namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

/// <summary>Video mode against the 25-frame clip: palms once, then one pass a frame (docs/systems/mediapipe-hand.md 4.4).</summary>
public sealed class TrackingTests
{
    [Fact]
    public void The_clip_is_tracked_as_stored_and_as_Googles_runtime_tracks_it()
    {
        string? parity = Environment.GetEnvironmentVariable(CaseFolders.Variable);
        string folder = Path.Combine(parity ?? string.Empty, "mediapipe-hand");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "photos", "asl_clip")), $"the clip may not be committed; set {CaseFolders.Variable} to the large set");
        TensorMap stored = SafetensorsFile.Read(Path.Combine(folder, "cases", "asl_clip.safetensors"));
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxHands = 1, AsPublished = true });
        HandTracker tracker = estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        string[] frames = [.. Directory.GetFiles(Path.Combine(folder, "photos", "asl_clip")).Order(StringComparer.Ordinal)];
        for (int frame = 0; frame < frames.Length; frame++)
        {
            RgbImage image = RgbImage.Load(frames[frame]);
            tracker.Predict(
                new ImageView(image.Pixels, image.Width, image.Height, image.Width * 3, PixelFormat.Rgb), Camera.Guess(image.Width, image.Height), result);

            HandMesh hand = Assert.Single(result.Hands.ToArray());
            Assert.Equal(0, hand.Id);
            Assert.Equal(frame == 0, result.Stages.ToArray().Any(stage => stage.Name == "detect"));
            double official = 0;
            for (int joint = 0; joint < HandMesh.JointCount; joint++)
            {
                double distance = Vector2.Distance(At(stored["uv"], frame, joint), hand.Keypoints[joint]);
                Assert.True(distance <= 0.5, $"frame {frame} joint {joint}: {distance} px from the stored chain");
                official += Vector2.Distance(At(stored["official.uv"], frame, joint), hand.Keypoints[joint]) / HandMesh.JointCount;
            }

            Assert.True(official < (frame == 0 ? 6 : 2), $"frame {frame}: {official} px from Google's runtime");
        }
    }

    [Fact]
    public void Without_patience_a_hand_that_leaves_is_dropped_and_a_new_one_gets_a_new_id()
    {
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
        var empty = new RgbImage(photo.Width, photo.Height);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandTracker tracker = estimator.CreateTracker(new TrackerOptions { Patience = TimeSpan.Zero });
        HandResult result = tracker.CreateResult();
        var ids = new List<int?>();
        foreach (RgbImage frame in new[] { photo, photo, empty, photo })
        {
            tracker.Predict(new ImageView(frame.Pixels, frame.Width, frame.Height, frame.Width * 3, PixelFormat.Rgb), Camera.Guess(frame.Width, frame.Height), result);
            ids.Add(result.Count > 0 ? result[0].Id : null);
        }

        Assert.Equal([0, 0, null, 1], ids);
    }

    private static Vector2 At(Tensor points, int frame, int joint)
    {
        int at = ((frame * HandMesh.JointCount) + joint) * 2;
        return new Vector2((float)points[at], (float)points[at + 1]);
    }
}
