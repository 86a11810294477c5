using HandMeshEngine.Bench.Accuracy;

namespace HandMeshEngine.Tests.Rig;

public sealed class RigFitTests
{
    [Theory]
    [MemberData(nameof(HandCase.Stills), MemberType = typeof(HandCase))]
    public void Palm_bones_and_vertices_match_the_case(string name)
    {
        HandCase stored = HandCase.Load(name);
        var fit = new RigFit();
        var skinner = new Skinner();
        for (int k = 0; k < stored.Hands; k++)
        {
            HandRig rig = stored.Int($"hand{k}.rig_is_right") == 1 ? HandRig.Right : HandRig.Left;
            fit.Solve(rig, stored.Doubles3($"hand{k}.joints"));
            var vertices = new Vector3[rig.Surface.VertexCount];
            skinner.Skin(rig, fit.Bones, vertices);

            Near.Equal(stored.Floats($"hand{k}.palm_rotation"), fit.PalmRotation, 1e-5, "palm_rotation");
            Near.Equal(stored.Floats($"hand{k}.palm_scale"), [(float)fit.PalmScale], 1e-5, "palm_scale");
            Near.Equal(stored.Points3($"hand{k}.palm_translation"), [fit.PalmTranslation], 1e-5, "palm_translation");
            Near.Equal(stored.Floats($"hand{k}.bones"), Rows(fit.Bones), 2e-5, "bones");
            Near.Equal(stored.Points3($"hand{k}.vertices"), vertices, 2e-5, "vertices");
        }
    }

    [Theory]
    [MemberData(nameof(HandCase.Rendered), MemberType = typeof(HandCase))]
    public void Skinning_with_the_true_bones_gives_the_true_vertices(string name)
    {
        HandCase stored = HandCase.Load(name);
        ReadOnlySpan<float> b = stored.Floats("gt.bones");
        var bones = new BoneMap[25];
        for (int i = 0; i < bones.Length; i++)
        {
            ReadOnlySpan<float> m = b.Slice(12 * i, 12);
            bones[i] = new BoneMap(
                new Matrix3d(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]), new Vector3d(m[3], m[7], m[11]));
        }

        var vertices = new Vector3[HandRig.Right.Surface.VertexCount];
        new Skinner().Skin(HandRig.Right, bones, vertices);

        Near.Equal(stored.Points3("gt.vertices"), vertices, 1e-6, "vertices");
    }

    [Theory]
    [InlineData("rendered-0", 0.07)]
    [InlineData("rendered-1", 1.72)]
    public void The_fit_on_true_joints_is_as_close_to_the_true_mesh_as_the_reference_fit(string name, double errorMm)
    {
        HandCase stored = HandCase.Load(name);
        var fit = new RigFit();
        fit.Solve(HandRig.Right, stored.Doubles3("gt.joints"));
        var vertices = new Vector3[HandRig.Right.Surface.VertexCount];
        new Skinner().Skin(HandRig.Right, fit.Bones, vertices);

        Assert.Equal(errorMm, 1000 * MeanDistance(stored.Points3("gt.vertices"), vertices), 0.01);
    }

    [Fact]
    public void The_rest_pose_keeps_every_bone_at_its_head()
    {
        HandRig rig = HandRig.Right;
        var fit = new RigFit();
        fit.Solve(rig, rig.KeyJoints);
        foreach (FingerChain chain in rig.Chains)
        {
            foreach (int bone in chain.Bones)
            {
                BoneMap map = fit.Bones[bone];
                Assert.Equal(0, ((map.Linear * rig.Heads[bone]) + map.Offset - rig.Heads[bone]).Length, 1e-9);
            }
        }
    }

    [Fact]
    public void A_bone_of_no_length_stretches_to_half_and_stays_finite()
    {
        HandRig rig = HandRig.Right;
        Vector3d[] joints = [.. rig.KeyJoints];
        joints[8] = joints[7];
        var fit = new RigFit();
        fit.Solve(rig, joints);
        var vertices = new Vector3[rig.Surface.VertexCount];
        new Skinner().Skin(rig, fit.Bones, vertices);

        Assert.All(vertices, vertex => Assert.True(float.IsFinite(vertex.LengthSquared())));
    }

    [Theory]
    [InlineData("rendered-0")]
    [InlineData("rendered-1")]
    public void A_fit_that_moves_the_palm_is_nearer_to_the_true_mesh_of_what_the_network_read(string name)
    {
        HandCase stored = HandCase.Load(name);
        Vector3d[] truth = [.. stored.Points3("gt.vertices").ToArray().Select(Vector3d.From)];
        double Error(bool movesPalm)
        {
            var fit = new RigFit();
            fit.Solve(HandRig.Right, HandRig.Right.KeyJoints, stored.Doubles3("hand0.joints"), movesPalm);
            var vertices = new Vector3[truth.Length];
            new Skinner().Skin(HandRig.Right, fit.Bones, vertices);
            return Judgement.Aligned(truth, [.. vertices.Select(Vector3d.From)]);
        }

        Assert.True(Error(true) < Error(false), $"{1000 * Error(true):0.00} mm, {1000 * Error(false):0.00} with the landmarks as they are");
    }

    [Fact]
    public void Moving_the_palm_leaves_the_fingers_beyond_the_knuckles_where_the_landmarks_are()
    {
        HandRig rig = HandRig.Right;
        var fit = new RigFit();
        fit.Solve(rig, rig.KeyJoints, rig.KeyJoints, movesPalm: true);
        foreach (FingerChain chain in rig.Chains.Where(chain => !chain.IsThumb))
        {
            BoneMap middle = fit.Bones[chain.Bones[2]], palm = fit.Bones[chain.Bones[1]];
            Assert.Equal(0, ((middle.Linear * chain.Heads[2]) + middle.Offset - rig.KeyJoints[chain.FirstJoint + 1]).Length, 1e-9);
            Assert.InRange(((palm.Linear * chain.Heads[1]) + palm.Offset - chain.Heads[1]).Length, 0.0005, 0.008);
        }
    }

    private static double MeanDistance(ReadOnlySpan<Vector3> a, ReadOnlySpan<Vector3> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Vector3.Distance(a[i], b[i]);
        }

        return sum / a.Length;
    }

    private static float[] Rows(ReadOnlySpan<BoneMap> bones) =>
    [
        .. bones.ToArray().SelectMany(bone => new[]
        {
            bone.Linear.M00, bone.Linear.M01, bone.Linear.M02, bone.Offset.X,
            bone.Linear.M10, bone.Linear.M11, bone.Linear.M12, bone.Offset.Y,
            bone.Linear.M20, bone.Linear.M21, bone.Linear.M22, bone.Offset.Z,
        }).Select(value => (float)value),
    ];
}
