namespace HandMeshEngine.Tests.Estimation;

/// <summary>Whose size a hand is placed with (docs/systems/mediapipe-hand.md 7.4), and the variant of two networks (4.7).</summary>
public sealed class HandSizeRouteTests
{
    private readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));

    private Camera Camera => Camera.Guess(_photo.Width, _photo.Height);

    [Fact]
    public void An_unknown_hand_is_an_adults_and_the_networks_size_is_an_option()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandMesh assumed = estimator.Predict(_photo, Camera)[0];
        HandMesh own = estimator.Predict(_photo, Camera, new PredictOptions { UsesSizePrior = false })[0];

        Assert.Equal((HandSizeSource.Prior, HandSizeSource.Network), (assumed.SizeSource, own.SizeSource));
        Assert.True(assumed.Placement.Flags.HasFlag(PlacementFlags.SizeAssumed));
        Assert.False(own.Placement.Flags.HasFlag(PlacementFlags.SizeAssumed));
        Assert.Equal(PredictOptions.AdultHandSize / own.Size, assumed.Root.Z / own.Root.Z, 0.02);
        Assert.Equal(own.Keypoints.ToArray(), assumed.Keypoints.ToArray());
    }

    [Fact]
    public void A_track_starts_from_an_adults_size_and_learns()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandTracker tracker = estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        tracker.Predict(_photo, Camera, result);
        Assert.Equal(HandSizeSource.Prior, result[0].SizeSource);
        Assert.Equal(PredictOptions.AdultHandSize, result[0].Size, 1e-4);
        for (int i = 0; i < 40; i++)
        {
            tracker.Predict(_photo, Camera, result);
        }

        HandMesh own = estimator.Predict(_photo, Camera, new PredictOptions { UsesSizePrior = false })[0];
        Assert.Equal(HandSizeSource.Track, result[0].SizeSource);
        Assert.Equal(own.Size, result[0].Size, 0.02);
    }

    [Fact]
    public void A_size_given_with_a_frame_replaces_that_of_the_track()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandTracker tracker = estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        tracker.Predict(_photo, Camera, result, new PredictOptions { HandSize = 0.7 });

        Assert.Equal(0.7, result[0].Size, 1e-4);
        Assert.Equal(HandSizeSource.Given, result[0].SizeSource);
    }

    [Fact]
    public void Both_networks_together_say_nearly_what_one_says()
    {
        using HandEstimator one = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        using HandEstimator both = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "both" });
        HandMesh expected = one.Predict(_photo, Camera)[0], actual = both.Predict(_photo, Camera)[0];

        Assert.Equal(["palm", "hand", "hand-lite"], both.Sessions.Select(network => network.Key));
        Assert.NotEqual(expected.Keypoints.ToArray(), actual.Keypoints.ToArray());
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(Vector3.Distance(expected.Joints[i], actual.Joints[i]) < 0.03f, $"joint {i}: {actual.Joints[i]}, not {expected.Joints[i]}");
        }
    }
}
