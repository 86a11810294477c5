using HandMeshEngine.Bench.Accuracy;

namespace HandMeshEngine.Tests.Accuracy;

/// <summary>Hands that a camera sees from the corner of its eye (docs/systems/mediapipe-hand.md 7.5), by exact homographies.</summary>
public sealed class OffAxisTests
{
    private const double Degrees = 30;
    private const double Worse = 0.0003;

    // After alignment, on real hands (docs/systems/mediapipe-hand.md 13.2).
    private const double UsualError = 0.0086;

    private static readonly double[] _directions = [0.3, 1.87, 3.44, 5.01];
    private static readonly (double Roll, double Zoom)[] _onAxis = [(-0.5, 1.3), (-0.25, 0.75), (0.25, 1), (0.5, 0.85)];

    [Fact]
    public void Renders_turned_away_by_30_degrees_are_read_as_well_as_on_the_axis()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxHands = 1 });
        var painter = new ScenePainter();
        var errors = new Dictionary<double, List<double>> { [0] = [], [Degrees] = [] };
        foreach (Scene scene in Scene.First(20, []))
        {
            PlacedHand placed = scene.Place(Condition.Usual);
            RgbImage picture = painter.Paint(scene, placed, Condition.Usual);
            foreach ((double degrees, List<double> list) in errors)
            {
                foreach (double direction in _directions)
                {
                    TurnedPicture turned = TurnedPicture.Of(picture, placed.Camera, placed.Keypoints[9], degrees, direction);
                    HandResult result = estimator.Predict(turned.Picture, turned.Camera);
                    if (result.Count == 1)
                    {
                        list.Add(Judgement.Aligned(placed.Joints, Joints(result[0])));
                    }
                }
            }
        }

        Assert.True(errors[Degrees].Count >= 0.9 * errors[0].Count, $"{errors[Degrees].Count} found, on the axis {errors[0].Count}");
        double there = errors[Degrees].Average(), here = errors[0].Average();
        Assert.True(there <= here + Worse, $"{1000 * there:0.00} mm at {Degrees} degrees, {1000 * here:0.00} on the axis");
    }

    [Fact]
    public void Photos_turned_away_by_30_degrees_are_read_nearly_as_on_the_axis()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", MaxHands = 1 });
        var here = new List<double>();
        var there = new List<double>();
        foreach (PhotoHand hand in PhotoHand.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos"), estimator))
        {
            var camera = Camera.Guess(hand.Photo.Width, hand.Photo.Height);
            Vector3d[] Read(double degrees, double direction, double roll, double zoom)
            {
                TurnedPicture turned = TurnedPicture.Of(hand.Photo, camera, hand.Reading.Keypoints[9], degrees, direction, roll, zoom);
                return Joints(Assert.Single(estimator.Predict(turned.Picture, turned.Camera)));
            }

            Vector3d[] onAxis = Read(0, 0, 0, 1);
            here.AddRange(_onAxis.Select(look => Judgement.Aligned(onAxis, Read(0, 0, look.Roll, look.Zoom))));
            there.AddRange(_directions.Select(direction => Judgement.Aligned(onAxis, Read(Degrees, direction, 0, 1))));
        }

        // Nobody knows the truth of a photo: how readings scatter tells what an error of the usual size would grow by.
        double Error(List<double> scatter) => Math.Sqrt((UsualError * UsualError) + scatter.Average(value => value * value));
        Assert.True(Error(there) <= Error(here) + Worse, $"{1000 * there.Average():0.00} mm at {Degrees} degrees, {1000 * here.Average():0.00} on the axis");
    }

    private static Vector3d[] Joints(HandMesh hand) => [.. hand.Joints.ToArray().Select(Vector3d.From)];
}
