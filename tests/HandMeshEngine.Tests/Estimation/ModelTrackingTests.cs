using HandMeshEngine.Estimation;
using HandMeshEngine.Systems.MediaPipeHand;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>The systems behind a box in a video (docs/tracking.md 2), and what their networks compute on the way (7).</summary>
public sealed class ModelTrackingTests
{
    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private static readonly RgbImage _empty = new(_photo.Width, _photo.Height);
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);

    [Theory]
    [InlineData(1, 0.19, new[] { 0, 6, 12 })]
    [InlineData(1, 0, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    [InlineData(0.3, 0.19, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    public void A_mesh_that_fits_its_box_says_where_the_next_frame_looks(double share, double seconds, int[] expected)
    {
        var looked = new List<int>();
        Run(new EchoSystem(share), new TrackerOptions { BoxFromMesh = TimeSpan.FromSeconds(seconds) }, 13, _ => _photo, (frame, result) =>
        {
            HandMesh hand = Assert.Single(result);
            Assert.Equal((0, false), (hand.Id, hand.IsPredicted));
            if (result.Stages.ToArray().Any(stage => stage.Name == "landmarks"))
            {
                looked.Add(frame);
            }
        });

        Assert.Equal(expected, looked);
    }

    [Fact]
    public void The_box_of_a_frame_nobody_looked_at_is_that_of_the_last_mesh()
    {
        var echo = new EchoSystem(0.9);
        Run(echo, new TrackerOptions { BoxFromMesh = TimeSpan.FromSeconds(0.19) }, 3, _ => _photo, (_, _) => { });

        Assert.Equal(0.9 * echo.Boxes[0].Width, echo.Boxes[1].Width, 1e-3);
        Assert.Equal(0.9 * echo.Boxes[1].Width, echo.Boxes[2].Width, 1e-3);
        Assert.Equal(echo.Boxes[0].CenterX, echo.Boxes[2].CenterX, 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Id_and_side_outlast_missed_frames(double seconds)
    {
        var predicted = new List<int>();
        Handedness? side = null;
        Run(
            new EchoSystem(1),
            new TrackerOptions { BoxFromMesh = TimeSpan.FromSeconds(seconds), Smoothing = SmoothingOptions.Default },
            24,
            frame => frame is >= 6 and < 16 ? _empty : _photo,
            (frame, result) =>
            {
                HandMesh hand = Assert.Single(result);
                side ??= hand.Handedness;
                Assert.Equal((0, side.Value), (hand.Id!.Value, hand.Handedness));
                Assert.True(Vector3.Distance(hand.Vertices[3], hand.Joints[3]) < 1e-5f);
                if (hand.IsPredicted)
                {
                    predicted.Add(frame);
                }
            });

        // Without looking, nobody sees at once that the hand is gone; it is read where it was.
        Assert.All(predicted, frame => Assert.InRange(frame, 6, 15));
        Assert.InRange(predicted.Count, seconds == 0 ? 10 : 6, 10);
    }

    [Fact]
    public void A_tracked_frame_allocates_nothing()
    {
        using Backend backend = Devices.Open("cpu");
        using var pipeline = new ModelPipeline(Named.Network("mobrecon"), Small("mobrecon", "dsconv"), backend, new EstimatorOptions { MaxHands = 1, Intermediates = ["net.verts"] });
        HandTrack track = pipeline.CreateTrack(new TrackerOptions { Smoothing = SmoothingOptions.Default, BoxFromMesh = TimeSpan.FromSeconds(0.1) });
        HandResult result = pipeline.CreateResult();
        long before = 0;
        for (int frame = 0; frame < 24; frame++)
        {
            if (frame == 12)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            track.Tick(null);
            result.Clear();
            pipeline.Track((frame % 6 == 5 ? _empty : _photo).View, _camera, PredictOptions.None, track, result);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Single(result);
    }

    [Theory]
    [InlineData("handar", "default", "rough_mesh", "heat_x")]
    [InlineData("pixelaligned", "r18", "mesh1", "weak_camera")]
    [InlineData("graphhand", "default", "heatmap1", "pose_depth")]
    public void Intermediate_results_are_those_of_the_networks_own_run(string system, string variant, string first, string second)
    {
        var box = new HandBox(60, 40, 160, 180);
        // A narrow pixelaligned does not fit together.
        TensorMap weights = system == "pixelaligned" ? Named.Network(system).StandIn(variant, "1") : Small(system, variant);
        using Backend backend = Devices.Open("cpu");
        using var pipeline = new ModelPipeline(Named.Network(system), weights, backend, new EstimatorOptions { Intermediates = [first, second] });
        HandResult result = pipeline.CreateResult();
        pipeline.Predict(new FrameSet(_photo.View, _camera, new PredictOptions { Box = box, Handedness = Named.Network(system).TrainedHand }, result));

        HandModel model = Named.Network(system).Model(weights);
        using Session session = backend.Open(model.Build(1), new SessionOptions { Observe = [first, second] });
        model.Prepare(new HandView(_camera.Intrinsics, box), session, 0);
        session.Run(_photo.View);
        Assert.Equal([first, second], result[0].Intermediates.ToArray().Select(intermediate => intermediate.Name));
        foreach (IntermediateResult intermediate in result[0].Clone().Intermediates)
        {
            Assert.Equal(session.Output(intermediate.Name).ToArray(), intermediate.Values.ToArray());
            Assert.Equal(intermediate.Values.Length, intermediate.Shape.Aggregate(1, (product, extent) => product * extent));
        }
    }

    [Fact]
    public void A_name_that_no_network_computes_is_refused_with_all_that_there_are()
    {
        using Backend backend = Devices.Open("cpu");
        string message = Assert.Throws<ArgumentException>(
            () => new ModelPipeline(Named.Network("handar"), Small("handar", "default"), backend, new EstimatorOptions { Intermediates = ["rough"] })).Message;
        Assert.Contains("rough_mesh", message, StringComparison.Ordinal);
        Assert.Contains("intermediate results", Assert.Throws<ArgumentException>(
            () => HandEstimator.Open(new EstimatorOptions { Device = "cpu", Intermediates = ["rough_mesh"] })).Message, StringComparison.Ordinal);
    }

    private static void Run(EchoSystem system, TrackerOptions options, int frames, Func<int, RgbImage> image, Action<int, HandResult> check)
    {
        using Backend backend = Devices.Open("cpu");
        using var pipeline = new ModelPipeline(system, EchoSystem.Weights(), backend, new EstimatorOptions { MaxHands = 1 });
        HandTrack track = pipeline.CreateTrack(options);
        HandResult result = pipeline.CreateResult();
        for (int frame = 0; frame < frames; frame++)
        {
            track.Tick(TimeSpan.FromSeconds(frame / 30.0));
            result.Clear();
            pipeline.Track(image(frame).View, _camera, PredictOptions.None, track, result);
            check(frame, result);
        }
    }

    private static TensorMap Small(string system, string variant)
    {
        var weights = new TensorMap(system);
        foreach ((string name, Tensor tensor) in SmallWeights.Of(system, variant))
        {
            weights.Add(name, tensor);
        }

        return weights;
    }
}
