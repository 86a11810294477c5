using HandMeshEngine.Tests.Export;

namespace HandMeshEngine.Tests.Rig;

/// <summary>Hands as joints that turn (docs/tracking.md 4), with skinning written out once more.</summary>
public sealed class HandPoseTests
{
    private const float Degree = MathF.PI / 180;

    [Theory]
    [MemberData(nameof(HandCase.Committed), MemberType = typeof(HandCase))]
    public void The_rest_skin_moved_by_the_pose_is_the_mesh(string name)
    {
        foreach (HandMesh hand in TestHands.Of(name))
        {
            Assert.True(Farthest(hand) < 2e-6, $"{1000 * Farthest(hand)} mm from the mesh");
        }
    }

    [Fact]
    public void The_rest_skin_moved_by_the_pose_of_a_prediction_is_its_mesh_and_that_of_its_clone()
    {
        using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "fist.jpg"));
        HandMesh hand = estimator.Predict(photo, Camera.Guess(photo.Width, photo.Height))[0];

        Assert.True(hand.PalmIsMoved);
        Assert.True(Farthest(hand) < 2e-6, $"{1000 * Farthest(hand)} mm from the mesh");
        Assert.True(Farthest(hand.Clone()) < 2e-6, $"{1000 * Farthest(hand.Clone())} mm from the clone's mesh");
    }

    [Fact]
    public void Joints_point_back_along_their_bones_and_out_of_the_back_of_either_hand()
    {
        foreach (HandMesh hand in TestHands.Pair())
        {
            HandPose pose = hand.Pose;
            Vector3 across = Vector3.Cross(hand.Joints[5] - hand.Joints[0], hand.Joints[17] - hand.Joints[0]);
            Vector3 back = Vector3.Normalize(hand.Handedness == Handedness.Right ? -across : across);
            foreach (HandJoint joint in Enum.GetValues<HandJoint>())
            {
                Quaternion turn = pose[joint].Orientation;
                Assert.Equal(1, turn.Length(), 1e-5f);
                if (joint != HandJoint.Wrist && !HandSkeleton.IsTip(joint))
                {
                    Vector3 bone = Vector3.Normalize(pose[joint + 1].Position - pose[joint].Position);
                    Assert.True(Vector3.Distance(-bone, Vector3.Transform(Vector3.UnitZ, turn)) < 1e-4, $"{joint} of {hand.Handedness}");
                }
            }

            foreach (HandJoint joint in new[] { HandJoint.Wrist, HandJoint.IndexMetacarpal, HandJoint.MiddleMetacarpal, HandJoint.RingMetacarpal, HandJoint.LittleMetacarpal })
            {
                float cosine = Vector3.Dot(back, Vector3.Transform(Vector3.UnitY, pose[joint].Orientation));
                Assert.True(cosine > 0.8, $"{joint} of {hand.Handedness}: {cosine}");
            }
        }
    }

    [Fact]
    public void The_landmarks_lie_where_the_joints_are_and_the_radius_reaches_the_skin()
    {
        HandMesh hand = TestHands.Of("pointing")[0];
        HandPose pose = hand.Pose;
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            JointPose joint = pose[HandSkeleton.JointOf(i)];
            Assert.Equal(hand.Joints[i], pose.Landmarks[i].Position);
            Assert.Equal(joint.Orientation, pose.Landmarks[i].Orientation);
            Assert.InRange(joint.Radius, 0.002f, 0.03f);
            Assert.Equal(hand.Vertices.ToArray().Min(vertex => Vector3.Distance(vertex, joint.Position)), joint.Radius, 1e-6f);
        }

        Assert.Equal((pose[HandJoint.MiddleMetacarpal].Position + pose[HandJoint.MiddleProximal].Position) / 2, pose.Palm.Position);
    }

    [Fact]
    public void Names_and_parents_are_those_of_WebXR()
    {
        Assert.Equal("wrist", HandSkeleton.WebXrName(HandJoint.Wrist));
        Assert.Equal("thumb-phalanx-distal", HandSkeleton.WebXrName(HandJoint.ThumbDistal));
        Assert.Equal("pinky-finger-tip", HandSkeleton.WebXrName(HandJoint.LittleTip));
        Assert.Equal(HandSkeleton.JointCount, Enum.GetValues<HandJoint>().Select(HandSkeleton.WebXrName).Distinct().Count());
        Assert.Null(HandSkeleton.Parent(HandJoint.Wrist));
        HandJoint[] bases = [.. Enum.GetValues<HandJoint>().Where(joint => HandSkeleton.Parent(joint) == HandJoint.Wrist)];
        Assert.Equal(
            [HandJoint.ThumbMetacarpal, HandJoint.IndexMetacarpal, HandJoint.MiddleMetacarpal, HandJoint.RingMetacarpal, HandJoint.LittleMetacarpal], bases);
        Assert.Equal(HandJoint.IndexDistal, HandSkeleton.Parent(HandJoint.IndexTip));
    }

    [Theory]
    [InlineData(Handedness.Right, 60, JointLimits.None)]
    [InlineData(Handedness.Left, 60, JointLimits.None)]
    [InlineData(Handedness.Right, -60, JointLimits.Extension)]
    [InlineData(Handedness.Left, 150, JointLimits.Flexion)]
    public void A_bent_finger_has_its_angle_and_no_one_straightens_it(Handedness side, float degrees, JointLimits expected)
    {
        HandMesh hand = AtRest(side);
        JointAngles before = hand.Pose.Angles[(int)HandJoint.IndexIntermediate];
        Bend(hand, HandJoint.IndexIntermediate, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -degrees * Degree));
        Vector3[] joints = hand.Joints.ToArray();

        JointAngles after = hand.Pose.Angles[(int)HandJoint.IndexIntermediate];
        Assert.Equal(degrees, (after.Flexion - before.Flexion) / Degree, 1.5f);
        Assert.Equal(expected, hand.Pose.Limits[(int)HandJoint.IndexIntermediate]);
        Assert.Equal(expected != JointLimits.None, hand.Pose.IsBeyondLimits);
        Assert.Equal(joints, hand.Joints.ToArray());
    }

    [Theory]
    [InlineData(Handedness.Right)]
    [InlineData(Handedness.Left)]
    public void A_finger_toward_the_thumb_is_abducted(Handedness side)
    {
        HandMesh hand = AtRest(side);
        float before = hand.Pose.Angles[(int)HandJoint.MiddleProximal].Abduction;
        float toThumb = side == Handedness.Right ? 1 : -1;
        Bend(hand, HandJoint.MiddleProximal, Quaternion.CreateFromAxisAngle(Vector3.UnitY, toThumb * 50 * Degree));

        Assert.Equal(50, (hand.Pose.Angles[(int)HandJoint.MiddleProximal].Abduction - before) / Degree, 2f);
        Assert.Equal(JointLimits.Sideways, hand.Pose.Limits[(int)HandJoint.MiddleProximal]);
    }

    [Fact]
    public void Local_rotations_chain_up_to_the_orientations()
    {
        HandPose pose = TestHands.Of("fist")[0].Pose;
        foreach (HandJoint joint in Enum.GetValues<HandJoint>())
        {
            Quaternion turn = pose.LocalRotations[(int)joint];
            for (HandJoint? parent = HandSkeleton.Parent(joint); parent is { } above; parent = HandSkeleton.Parent(above))
            {
                turn = pose.LocalRotations[(int)above] * turn;
            }

            Assert.Equal(1, Math.Abs(Quaternion.Dot(turn, pose[joint].Orientation)), 1e-5f);
        }
    }

    [Fact]
    public void Pose_of_a_refilled_hand_allocates_nothing()
    {
        HandCase stored = HandCase.Load("fist");
        var mesher = new LandmarkMesher();
        HandMesh hand = LandmarkMesher.NewHand();
        LandmarkMesherTests.Fill(mesher, hand, stored, 0);
        _ = hand.Pose;
        float[] z = stored.Floats("hand0.z").ToArray();
        Vector3[] world = stored.Points3("hand0.world").ToArray();
        foreach (Handedness side in Enum.GetValues<Handedness>())
        {
            mesher.Fill(hand, z, world, side);
            _ = hand.Pose;
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        mesher.Fill(hand, z, world, Handedness.Left);
        _ = hand.Pose;
        mesher.Fill(hand, z, world, Handedness.Right);
        _ = hand.Pose;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_hand_without_geometry_has_a_finite_pose()
    {
        HandMesh hand = LandmarkMesher.NewHand();
        hand.RefillWithNothing(HandRig.Right.Surface);

        Assert.All(hand.Pose.Joints.ToArray(), joint => Assert.True(float.IsFinite(joint.Position.LengthSquared() + joint.Orientation.LengthSquared() + joint.Radius)));
    }

    // docs/systems/mediapipe-hand.md 8, from what is public.
    private static double Farthest(HandMesh hand)
    {
        HandSkeleton skeleton = HandSkeleton.Of(hand.Handedness);
        double farthest = 0;
        for (int v = 0; v < skeleton.Vertices.Length; v++)
        {
            Vector3 sum = default;
            for (int k = HandSkeleton.Influences * v; k < HandSkeleton.Influences * (v + 1); k++)
            {
                int joint = skeleton.VertexJoints[k];
                Vector3 own = Vector3.Transform(skeleton.Vertices[v] - skeleton.Rest[joint].Position, Quaternion.Conjugate(skeleton.Rest[joint].Orientation));
                Vector3 moved = Vector3.Transform(hand.Pose.Scales[joint] * own, hand.Pose.Joints[joint].Orientation) + hand.Pose.Joints[joint].Position;
                sum += skeleton.VertexWeights[k] * moved;
            }

            farthest = Math.Max(farthest, Vector3.Distance(sum, hand.Vertices[v]));
        }

        return farthest;
    }

    private static HandMesh AtRest(Handedness side)
    {
        HandRig rig = side == Handedness.Right ? HandRig.Right : HandRig.Left;
        HandMesh hand = LandmarkMesher.NewHand();
        hand.Handedness = side;
        rig.RestVertices.CopyTo(hand.Refill(rig.Surface));
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            hand.WritableJoints[i] = rig.KeyJoints[i].ToSingle();
        }

        return hand;
    }

    // Turns all of a finger beyond a joint about the joint's own axes.
    private static void Bend(HandMesh hand, HandJoint joint, Quaternion turn)
    {
        Quaternion own = hand.Pose[joint].Orientation;
        Quaternion about = own * turn * Quaternion.Conjugate(own);
        int landmark = Enumerable.Range(0, HandMesh.JointCount).First(i => HandSkeleton.JointOf(i) == joint);
        Vector3 centre = hand.Pose[joint].Position;
        for (int i = landmark + 1; (i - 1) % 4 != 0; i++)
        {
            hand.WritableJoints[i] = centre + Vector3.Transform(hand.Joints[i] - centre, about);
        }

        hand.Refill(hand.Surface);
    }
}
