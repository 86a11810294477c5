namespace HandMeshEngine.Tests.Rig;

public sealed class LandmarkMesherTests
{
    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void Landmarks_become_the_stored_mesh(string name)
    {
        HandCase stored = HandCase.Load(name);
        var mesher = new LandmarkMesher();
        HandMesh hand = LandmarkMesher.NewHand();
        for (int k = 0; k < stored.Hands; k++)
        {
            Fill(mesher, hand, stored, k);

            Near.Equal(stored.Points3($"hand{k}.joints"), hand.Joints, 1e-5, "joints");
            Near.Equal(stored.Points3($"hand{k}.vertices"), hand.Vertices, 3e-5, "vertices");
            Near.Equal(stored.Points3($"hand{k}.root"), [hand.Translation], 1e-5, "translation");
            Assert.True(hand.Placement.IsPlaced);
            Assert.InRange(hand.Placement.Condition, 10, 5000);
            Assert.InRange(hand.Placement.ResidualPixels, 0, 30);
        }
    }

    [Theory]
    [InlineData("rendered-0", 5.93, 16.8, 15.9)]
    [InlineData("rendered-1", 7.33, 15.6, 12.0)]
    public void Joints_are_as_close_to_the_truth_as_the_reference(string name, double alignedMm, double cameraMm, double depthMm)
    {
        HandCase stored = HandCase.Load(name);
        HandMesh hand = LandmarkMesher.NewHand();
        Fill(new LandmarkMesher(), hand, stored, 0);
        ReadOnlySpan<Vector3> truth = stored.Points3("gt.joints");

        Assert.Equal(alignedMm, Procrustes.MeanDistanceMm(hand.Joints, truth), 0.1);
        Assert.Equal(cameraMm, Procrustes.PlainMeanDistanceMm(hand.Joints, truth), 1.0);
        Assert.Equal(depthMm, Procrustes.MeanDepthMm(hand.Joints, truth), 1.0);
    }

    [Theory]
    [InlineData("rendered-0", 5.22, 16.7)]
    [InlineData("rendered-1", 7.13, 17.2)]
    public void Vertices_are_as_close_to_the_truth_as_the_reference(string name, double alignedMm, double cameraMm)
    {
        HandCase stored = HandCase.Load(name);
        HandMesh hand = LandmarkMesher.NewHand();
        Fill(new LandmarkMesher(), hand, stored, 0);
        ReadOnlySpan<Vector3> truth = stored.Points3("gt.vertices");

        Assert.Equal(alignedMm, Procrustes.MeanDistanceMm(hand.Vertices, truth), 0.1);
        Assert.Equal(cameraMm, Procrustes.PlainMeanDistanceMm(hand.Vertices, truth), 1.0);
    }

    [Fact]
    public void Refilling_a_hand_allocates_nothing()
    {
        HandCase stored = HandCase.Load("pointing");
        var mesher = new LandmarkMesher();
        var history = new HandSize();
        HandMesh hand = LandmarkMesher.NewHand();
        float[] z = stored.Floats("hand0.z").ToArray();
        Vector3[] world = stored.Points3("hand0.world").ToArray();
        stored.Points2("hand0.uv").CopyTo(hand.WritableKeypoints);
        mesher.Fill(hand, z, world, Handedness.Left, null, history);
        mesher.Fill(hand, z, world, Handedness.Right, null, history);
        _ = hand.Normals;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            mesher.Fill(hand, z, world, Handedness.Left, null, history);
            _ = hand.Normals;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Without_a_place_the_mesh_is_relative_and_says_so()
    {
        HandCase stored = HandCase.Load("pointing");
        HandMesh hand = LandmarkMesher.NewHand();
        hand.WritableKeypoints.Fill(new Vector2(100, 100));
        new LandmarkMesher().Fill(hand, stored.Floats("hand0.z"), stored.Points3("hand0.world"), Handedness.Left);

        Assert.False(hand.Placement.IsPlaced);
        Assert.Equal(PlacementFlags.Degenerate | PlacementFlags.GuessedCamera, hand.Placement.Flags);
        Assert.Equal(hand.RelativeJoints.ToArray(), hand.Joints.ToArray());
        Assert.All(hand.Vertices.ToArray(), vertex => Assert.True(vertex.Length() < 0.3f));
    }

    [Fact]
    public void A_clone_outlives_the_next_refill()
    {
        HandCase stored = HandCase.Load("pointing");
        var mesher = new LandmarkMesher();
        HandMesh hand = LandmarkMesher.NewHand();
        Fill(mesher, hand, stored, 0);
        HandMesh copy = hand.Clone();
        Vector3[] normals = hand.Normals.ToArray();
        Fill(mesher, hand, HandCase.Load("fist"), 0);

        Near.Equal(stored.Points3("hand0.vertices"), copy.Vertices, 3e-5, "vertices");
        Assert.Equal(normals, copy.Normals.ToArray());
        Assert.NotEqual(normals, hand.Normals.ToArray());
    }

    internal static void Fill(LandmarkMesher mesher, HandMesh hand, HandCase stored, int k)
    {
        stored.Points2($"hand{k}.uv").CopyTo(hand.WritableKeypoints);
        hand.Camera = new Camera(stored.Camera.Fx, stored.Camera.Fy, stored.Camera.Cx, stored.Camera.Cy);
        Handedness handedness = stored.Int($"hand{k}.rig_is_right") == 1 ? Handedness.Right : Handedness.Left;
        hand.Score = stored.Float($"hand{k}.pass1.presence");
        hand.RightProbability = stored.Float($"hand{k}.pass1.right");
        hand.Crop = stored.Crop($"hand{k}.pass1.roi");
        mesher.Fill(hand, stored.Floats($"hand{k}.z"), stored.Points3($"hand{k}.world"), handedness);
    }
}
