using System.Globalization;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>Hands behind lenses: the stored frames of tests/parity/frames, and every system through a fisheye.</summary>
public sealed class LensRouteTests
{
    public static TheoryData<string> Frames => ["end-gopro", "end-fisheye"];

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_view_turned_to_a_crop_is_the_stored_one(string name)
    {
        (TensorMap stored, Camera camera) = Read(name);
        ReadOnlySpan<double> roi = stored["roi"].Span<double>();
        var crop = new Crop(roi[0], roi[1], roi[2], roi[3], roi[4]);

        Assert.True(TurnedView.TryLookAt(camera, crop.CenterX, crop.CenterY, out TurnedView view));
        Span<double> matrix = stackalloc double[9];
        view.Sampling(view.CropOf(crop), HandLandmarks.InputSize, camera).CopyTo(matrix);
        ReadOnlySpan<double> expected = stored["view.matrix"].Span<double>();
        double scale = expected.ToArray().Max(Math.Abs);
        for (int i = 0; i < 9; i++)
        {
            Assert.True(Math.Abs(matrix[i] - expected[i]) <= 1e-7 * scale, $"element {i}: {matrix[i]}, not {expected[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void The_networks_stored_outputs_lift_to_the_stored_hand(string name)
    {
        (TensorMap stored, Camera camera) = Read(name);
        ReadOnlySpan<double> roi = stored["roi"].Span<double>();
        var crop = new Crop(roi[0], roi[1], roi[2], roi[3], roi[4]);
        Assert.True(TurnedView.TryLookAt(camera, crop.CenterX, crop.CenterY, out TurnedView view));
        var inView = new Vector2[HandMesh.JointCount];
        var uv = new Vector2[HandMesh.JointCount];
        var z = new float[HandMesh.JointCount];
        var world = new Vector3[HandMesh.JointCount];
        LandmarkDecoder.Decode(stored["net.screen"].Span<float>(), stored["net.world"].Span<float>(), view.CropOf(crop), inView, z, world);
        Assert.True(view.ToImage(camera, crop, inView, uv));
        HandMesh hand = LandmarkMesher.NewHand();
        hand.Camera = camera;
        new LandmarkMesher().Fill(hand, inView, view, z, world, Handedness.Right);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(Vector2.Distance(Point2(stored["net.keypoints"], i), uv[i]) <= 1e-3, $"keypoint {i}: {uv[i]}");
            Assert.True(Vector3.Distance(Point3(stored["net.joints"], i), hand.Joints[i]) <= 1e-5, $"joint {i}: {hand.Joints[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void The_whole_engine_finds_the_hand_behind_the_lens(string name)
    {
        (TensorMap stored, Camera camera) = Read(name);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        HandResult result = estimator.Predict(Image(stored, camera), camera, new PredictOptions { UsesSizePrior = false });

        Assert.Single(result);
        float pixels = 0, metres = 0, worstPixels = 0, worstMetres = 0;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            float off = Vector2.Distance(Point2(stored["expected.keypoints"], i), result[0].Keypoints[i]);
            float away = Vector3.Distance(Point3(stored["expected.joints"], i), result[0].Joints[i]);
            (pixels, metres) = (pixels + (off / HandMesh.JointCount), metres + (away / HandMesh.JointCount));
            (worstPixels, worstMetres) = (Math.Max(worstPixels, off), Math.Max(worstMetres, away));
            Assert.True(Vector2.Distance(camera.Project(result[0].Joints[i]), result[0].Keypoints[i]) < 1, $"joint {i} lies beside its keypoint");
        }

        Assert.True(pixels <= 5 && worstPixels <= 12, $"keypoints are {pixels}, at most {worstPixels} px off");
        Assert.True(metres <= 0.016 && worstMetres <= 0.030, $"joints are {1000 * metres}, at most {1000 * worstMetres} mm off");
    }

    [Theory]
    [InlineData("handdgp")]
    [InlineData("mobrecon")]
    [InlineData("graphhand")]
    [InlineData("handar")]
    [InlineData("inceptiongraph")]
    [InlineData("pixelaligned")]
    public void A_system_that_assumes_a_pinhole_runs_through_a_lens(string system)
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", System = system, Weights = "random:0" });
        foreach ((TensorMap stored, Camera camera) in new[] { Read("end-gopro") })
        {
            Vector2 middle = Point2(stored["expected.keypoints"], 9);
            var known = new PredictOptions { Box = new HandBox(middle.X - 60, middle.Y - 60, 120, 120), RootDepth = 0.4 };
            foreach (Handedness side in Enum.GetValues<Handedness>())
            {
                HandMesh hand = estimator.Predict(Image(stored, camera), camera, known with { Handedness = side })[0];
                Assert.All(hand.Vertices.ToArray(), vertex => Assert.True(float.IsFinite(vertex.Length())));
                Assert.All(hand.Keypoints.ToArray(), point => Assert.True(float.IsFinite(point.Length())));
            }
        }
    }

    [Theory]
    [InlineData("handar")]
    [InlineData("inceptiongraph")]
    [InlineData("pixelaligned")]
    public void A_lens_that_bends_nothing_changes_nothing(string system)
    {
        (TensorMap stored, Camera camera) = Read("end-gopro");
        var plain = new Camera(camera.Fx, camera.Fy, camera.Cx, camera.Cy, camera.Width, camera.Height);
        var known = new PredictOptions { Box = new HandBox(420, 200, 140, 130), RootDepth = 0.4, Handedness = Handedness.Left };
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", System = system, Weights = "random:0" });
        HandMesh expected = estimator.Predict(Image(stored, plain), plain, known)[0];
        Camera unbent = plain.WithLens(Lens.BrownConrady(1e-12, 0, 0, 0));
        HandMesh actual = estimator.Predict(Image(stored, unbent), unbent, known)[0];
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(Vector2.Distance(expected.Keypoints[i], actual.Keypoints[i]) < 0.05f, $"keypoint {i}: {actual.Keypoints[i]}, not {expected.Keypoints[i]}");
            Assert.True(Vector3.Distance(expected.Joints[i], actual.Joints[i]) < 1e-3f * expected.Joints[i].Length(), $"joint {i}: {actual.Joints[i]}, not {expected.Joints[i]}");
        }
    }

    [Fact]
    public void A_wide_image_without_a_lens_is_marked()
    {
        (TensorMap stored, Camera camera) = Read("end-gopro");
        var wide = new Camera(400, 400, camera.Cx, camera.Cy, camera.Width, camera.Height);
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });

        Assert.True(estimator.Predict(Image(stored, wide), wide)[0].Placement.Flags.HasFlag(PlacementFlags.WideWithoutLens));
        Camera rectified = wide.WithLens(Lens.Pinhole);
        Assert.False(estimator.Predict(Image(stored, rectified), rectified)[0].Placement.Flags.HasFlag(PlacementFlags.WideWithoutLens));
    }

    [Fact]
    public void A_frame_of_another_orientation_than_the_lens_is_refused()
    {
        (TensorMap stored, Camera camera) = Read("end-gopro");
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        string message = Assert.Throws<ArgumentException>(
            () => estimator.Predict(Image(stored, camera) with { Orientation = FrameOrientation.Turn180 }, camera)).Message;
        Assert.Contains("turn 180", message, StringComparison.Ordinal);
    }

    private static (TensorMap Stored, Camera Camera) Read(string name)
    {
        string? file = CaseFolders.Files("frames").FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);
        Assert.SkipWhen(file is null, $"{name} is in the large set only; set {CaseFolders.Variable}");
        TensorMap stored = SafetensorsFile.Read(file);
        ReadOnlySpan<double> k = stored["lens.intrinsics"].Span<double>(), c = stored["lens.coefficients"].Span<double>();
        int[] size = [.. stored.Metadata["size"].Split('x').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        Lens lens = stored.Metadata["model"] == "fisheye" ? Lens.Fisheye(c) : Lens.BrownConrady(c);
        return (stored, new Camera(k[0], k[1], k[2], k[3], size[0], size[1]).WithLens(lens));
    }

    private static ImageView Image(TensorMap stored, Camera camera) => ImageView.Nv12(
        stored["frame.plane0"].Bytes, stored["frame.plane0"].Shape[1], stored["frame.plane1"].Bytes, stored["frame.plane1"].Shape[1],
        camera.Width!.Value, camera.Height!.Value);

    private static Vector2 Point2(Tensor points, int i) => new((float)points[2 * i], (float)points[(2 * i) + 1]);

    private static Vector3 Point3(Tensor points, int i) => new((float)points[3 * i], (float)points[(3 * i) + 1], (float)points[(3 * i) + 2]);
}
