using HandMeshEngine.Bench.Accuracy;

namespace HandMeshEngine.Tests.Accuracy;

/// <summary>A short run of bench/accuracy (docs/accuracy.md). The limits leave room for the last bits of other processors.</summary>
public sealed class AccuracyTests : IDisposable
{
    private readonly HandEstimator _estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
    private readonly Scene[] _scenes = Scene.First(30, []);

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public void Renders_are_found_on_the_right_side_and_placed()
    {
        var row = new Row("", "", new Trial(_estimator).Renders(_scenes, Condition.Usual));

        Assert.True(row.Found >= 27, $"{row.Found} of 30 found");
        Assert.True(row.SideRight >= 26, $"{row.SideRight} of 30 on the right side");
        Assert.True(row.Elsewhere <= 1, $"{row.Elsewhere} hands elsewhere");
        Assert.True(row.JointsAligned < 0.0125, $"{1000 * row.JointsAligned:0.00} mm after alignment");
        Assert.True(row.JointsByDistance < 0.16, $"{100 * row.JointsByDistance:0.0} % of the distance");
        Assert.True(row.Overlap > 0.78, $"silhouettes overlap to {row.Overlap:0.000}");
    }

    [Theory]
    [InlineData("128 px", 17)]
    [InlineData("64 px", 16)]
    [InlineData("256 px, gray", 15)]
    public void Hands_in_large_frames_are_found(string name, int least)
    {
        Condition condition = Condition.All.Single(one => one.Name == name);
        var row = new Row("", "", new Trial(_estimator).Renders(_scenes[..20], condition));

        Assert.True(row.Found >= least, $"{row.Found} of 20 found");
        Assert.True(row.Elsewhere <= 1, $"{row.Elsewhere} hands elsewhere");
    }

    [Fact]
    public void Nothing_is_found_where_there_is_nothing()
    {
        Assert.Equal(0, new Row("", "", new Trial(_estimator).Empty(_scenes, Condition.Usual)).Elsewhere);
    }

    [Fact]
    public void The_rig_fits_true_joints_of_other_proportions()
    {
        var row = new Row("", "", Trial.Fits(_scenes));

        Assert.True(row.Vertices < 0.0015, $"{1000 * row.Vertices:0.00} mm");
        Assert.True(row.Overlap > 0.94, $"silhouettes overlap to {row.Overlap:0.000}");
    }

    [Fact]
    public void Scenes_repeat_and_their_truth_is_of_the_size_that_was_asked_for()
    {
        foreach (Scene scene in _scenes)
        {
            PlacedHand placed = scene.Place(Condition.Usual);
            Assert.Equal(scene.Person.Size, HandSize.Bones(placed.Joints), 1e-9);
        }

        Assert.Equal(
            new ScenePainter().Paint(_scenes[3], _scenes[3].Place(Condition.Usual), Condition.Usual).Pixels.ToArray(),
            new ScenePainter().Paint(Scene.First(4, [])[3], _scenes[3].Place(Condition.Usual), Condition.Usual).Pixels.ToArray());
    }
}
