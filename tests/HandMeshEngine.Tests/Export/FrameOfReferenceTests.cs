namespace HandMeshEngine.Tests.Export;

/// <summary>Results in other programs' axes (docs/tracking.md 5).</summary>
public sealed class FrameOfReferenceTests
{
    public static TheoryData<string> Frames => [.. FrameOfReference.All.Select(frame => frame.Name)];

    // A metre to the right, two down, three away from the camera.
    [Theory]
    [InlineData("opencv", 1, 2, 3)]
    [InlineData("opengl", 1, -2, -3)]
    [InlineData("unity", 1, -2, 3)]
    [InlineData("unreal", 300, 100, -200)]
    [InlineData("ros-optical", 1, 2, 3)]
    [InlineData("ros-body", 3, -1, -2)]
    public void A_point_lies_where_the_other_program_has_it(string name, float x, float y, float z)
    {
        FrameOfReference frame = FrameOfReference.Find(name);
        var point = new Vector3(1, 2, 3);

        Assert.Equal(new Vector3(x, y, z), frame.Point(point));
        Assert.True(Vector3.Distance(frame.Point(point), Vector3.Transform(point, frame.FromCamera)) < 1e-4f);
        Assert.Equal(frame.Point(point) / frame.UnitsPerMetre, frame.Direction(point));
        float determinant = frame.FromCamera.GetDeterminant() / MathF.Pow(frame.UnitsPerMetre, 3);
        Assert.Equal(frame.IsLeftHanded ? -1 : 1, determinant, 1e-5f);
    }

    // Which components point forward along a bone and out of the back of a hand: Unity's and Epic's plugins for OpenXR have them so.
    [Theory]
    [InlineData("opencv", 0, 0, -1, 0, 1, 0)]
    [InlineData("opengl", 0, 0, -1, 0, 1, 0)]
    [InlineData("unity", 0, 0, 1, 0, 1, 0)]
    [InlineData("unreal", 1, 0, 0, 0, 0, 1)]
    [InlineData("ros-optical", 0, 0, -1, 0, 1, 0)]
    [InlineData("ros-body", 0, 0, -1, 0, 1, 0)]
    public void Joints_point_along_bones_and_out_of_the_back_of_the_hand(string name, float fx, float fy, float fz, float ux, float uy, float uz)
    {
        FrameOfReference frame = FrameOfReference.Find(name);
        foreach (HandMesh hand in TestHands.Pair())
        {
            var framed = new FramedHand();
            framed.Fill(hand, frame);
            for (int i = 0; i < HandSkeleton.JointCount; i++)
            {
                JointPose joint = framed.Poses[i];
                Quaternion plain = hand.Pose.Joints[i].Orientation;
                Assert.True(Vector3.Distance(
                    Vector3.Transform(new Vector3(fx, fy, fz), joint.Orientation), frame.Direction(Vector3.Transform(-Vector3.UnitZ, plain))) < 1e-5f);
                Assert.True(Vector3.Distance(
                    Vector3.Transform(new Vector3(ux, uy, uz), joint.Orientation), frame.Direction(Vector3.Transform(Vector3.UnitY, plain))) < 1e-5f);
                Assert.Equal(hand.Pose.Joints[i].Radius * frame.UnitsPerMetre, joint.Radius);
                Assert.Equal(frame.Point(hand.Pose.Joints[i].Position), joint.Position);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Everything_of_a_hand_moves_together(string name)
    {
        FrameOfReference frame = FrameOfReference.Find(name);
        HandMesh hand = TestHands.Of("pointing")[0];
        var framed = new FramedHand();
        framed.Fill(hand, frame);

        Assert.Equal((frame, hand.Handedness), (framed.Frame!, framed.Handedness));
        Assert.Equal(frame.Point(hand.Vertices[77]), framed.Vertices[77]);
        Assert.Equal(frame.Direction(hand.Normals[77]), framed.Normals[77]);
        Assert.Equal(frame.Point(hand.Joints[8]), framed.Joints[8]);
        Assert.Equal(frame.Point(hand.Translation), framed.Translation);
        Assert.Equal(frame.Pose(hand.Pose.Palm), framed.Palm);
        Assert.Equal(framed.Joints[8], framed.Landmarks[8].Position);
        Assert.Equal(hand.Faces.Length, framed.Faces.Length);
        Quaternion index = framed.LocalRotations[0] * framed.LocalRotations[(int)HandJoint.IndexMetacarpal] * framed.LocalRotations[(int)HandJoint.IndexProximal];
        Assert.Equal(1, Math.Abs(Quaternion.Dot(index, framed.Poses[(int)HandJoint.IndexProximal].Orientation)), 1e-5f);

        // What turns clockwise encloses a negative volume in a right-handed frame, a positive one in a left-handed.
        double volume = 0;
        for (int f = 0; f < framed.Faces.Length; f += 3)
        {
            Vector3 a = framed.Vertices[framed.Faces[f]], b = framed.Vertices[framed.Faces[f + 1]], c = framed.Vertices[framed.Faces[f + 2]];
            volume += Vector3.Dot(a, Vector3.Cross(b, c)) / 6;
        }

        Assert.Equal(frame.IsLeftHanded == frame.FrontIsClockwise, volume > 0);
    }

    [Fact]
    public void A_hand_in_its_own_frame_starts_at_the_wrist_and_points_forward()
    {
        HandMesh hand = TestHands.Of("pointing")[0];
        var own = new FramedHand();
        own.FillLocal(hand);

        Assert.Null(own.Frame);
        Assert.True(own.Joints[0].Length() < 1e-6f);
        Assert.Equal(1, Math.Abs(own.Poses[0].Orientation.W), 1e-5f);
        Assert.True(own.Joints[9].Z < -0.05f, $"{own.Joints[9]}");
        Assert.True(Math.Abs(own.Joints[9].X) < 0.01f);
        for (int v = 1; v < 50; v++)
        {
            Assert.Equal(Vector3.Distance(hand.Vertices[v], hand.Joints[5]), Vector3.Distance(own.Vertices[v], own.Joints[5]), 1e-5f);
        }
    }

    [Fact]
    public void A_frame_refilled_allocates_nothing()
    {
        HandMesh hand = TestHands.Of("pointing")[0];
        var framed = new FramedHand();
        framed.Fill(hand, FrameOfReference.Unity);
        framed.FillLocal(hand);
        long before = GC.GetAllocatedBytesForCurrentThread();
        framed.Fill(hand, FrameOfReference.Unity);
        framed.Fill(hand, FrameOfReference.Unreal);
        framed.FillLocal(hand);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_unknown_frame_is_refused_with_all_names()
    {
        string message = Assert.Throws<ArgumentException>(() => FrameOfReference.Find("maya")).Message;
        Assert.All(FrameOfReference.All, frame => Assert.Contains(frame.Name, message, StringComparison.Ordinal));
    }
}
