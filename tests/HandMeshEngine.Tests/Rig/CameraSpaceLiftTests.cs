namespace HandMeshEngine.Tests.Rig;

public sealed class CameraSpaceLiftTests
{
    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void Every_stage_of_the_lift_matches_the_case(string name)
    {
        HandCase stored = HandCase.Load(name);
        var lift = new CameraSpaceLift();
        for (int k = 0; k < stored.Hands; k++)
        {
            lift.Solve(stored.Points2($"hand{k}.uv"), stored.Floats($"hand{k}.z"), stored.Points3($"hand{k}.world"), stored.Camera);

            Near.Equal(stored.Points3($"hand{k}.screen_shape"), lift.ScreenShape, 1e-5, "screen_shape");
            Near.Equal(stored.Floats($"hand{k}.align"), lift.Alignment, 1e-5, "align");
            Near.Equal(stored.Points3($"hand{k}.fused"), lift.Fused, 1e-5, "fused");
            Near.Equal(stored.Points3($"hand{k}.root"), [lift.Root.Translation], 1e-5, "root");
            Near.Equal(stored.Points3($"hand{k}.joints"), lift.Joints, 1e-5, "joints");
            Assert.Equal(PlacementFlags.None, lift.Flags);
        }
    }

    [Fact]
    public void Joints_project_exactly_on_the_landmarks()
    {
        HandCase stored = HandCase.Load("pointing");
        CameraSpaceLift lift = Solved(stored);
        Vector2[] projected = [.. lift.Joints.ToArray().Select(joint => stored.Camera.Project(joint))];

        Near.Equal(stored.Points2("hand0.uv"), projected, 1e-4, "projection");
    }

    [Fact]
    public void A_given_hand_size_becomes_the_length_of_the_fused_bones()
    {
        CameraSpaceLift lift = Solved(HandCase.Load("pointing"), handSize: 2.0);

        Assert.Equal(2.0, HandSize.Bones(lift.Fused), 1e-12);
    }

    [Fact]
    public void A_hand_twice_as_large_stands_twice_as_far()
    {
        HandCase stored = HandCase.Load("pointing");
        CameraSpaceLift one = Solved(stored);
        double size = HandSize.Bones(one.Fused), depth = one.Root.Translation.Z;
        CameraSpaceLift two = Solved(stored, handSize: 2 * size);

        Assert.Equal(2 * depth, two.Root.Translation.Z, 1e-9);
    }

    [Fact]
    public void A_tracked_hand_takes_the_median_size_of_its_frames()
    {
        HandCase stored = HandCase.Load("pointing");
        double own = HandSize.Bones(Solved(stored).Fused);
        var history = new HandSize();
        history.Add(own * 0.5);
        history.Add(own * 0.9);
        history.Add(own * 0.8);
        CameraSpaceLift lift = Solved(stored, history: history);

        Assert.Equal(own * 0.85, HandSize.Bones(lift.Fused), 1e-12);
    }

    [Fact]
    public void Landmarks_on_one_spot_are_degenerate_and_leave_the_shape_without_a_place()
    {
        HandCase stored = HandCase.Load("pointing");
        var uv = new Vector2[HandMesh.JointCount];
        Array.Fill(uv, new Vector2(200, 200));
        var lift = new CameraSpaceLift();
        lift.Solve(uv, stored.Floats("hand0.z"), stored.Points3("hand0.world"), stored.Camera);

        Assert.Equal(PlacementFlags.Degenerate, lift.Flags);
        Assert.True(lift.Root.IsDegenerate);
        Assert.Equal(lift.Fused.ToArray(), lift.Joints.ToArray());
    }

    [Fact]
    public void A_hand_that_would_stand_at_the_lens_is_reported_as_behind_the_camera()
    {
        CameraSpaceLift lift = Solved(HandCase.Load("pointing"), handSize: 0.1);

        Assert.Equal(PlacementFlags.BehindCamera, lift.Flags);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_degenerate()
    {
        HandCase stored = HandCase.Load("pointing");
        Vector2[] uv = stored.Points2("hand0.uv").ToArray();
        uv[7].X = float.NaN;
        var lift = new CameraSpaceLift();
        lift.Solve(uv, stored.Floats("hand0.z"), stored.Points3("hand0.world"), stored.Camera);

        Assert.Equal(PlacementFlags.Degenerate, lift.Flags);
    }

    private static CameraSpaceLift Solved(HandCase stored, double? handSize = null, HandSize? history = null)
    {
        var lift = new CameraSpaceLift();
        lift.Solve(
            stored.Points2("hand0.uv"), stored.Floats("hand0.z"), stored.Points3("hand0.world"), stored.Camera, handSize, history);
        return lift;
    }
}
