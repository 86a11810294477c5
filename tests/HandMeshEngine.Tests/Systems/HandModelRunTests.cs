namespace HandMeshEngine.Tests.Systems;

/// <summary>Whole systems, small enough for the reference backend, from the image to a hand.</summary>
public sealed class HandModelRunTests
{
    private const int Width = 320;
    private const int Height = 240;

    private static readonly byte[] _pixels = Synth.Image("hands", Height, Width);

    private static readonly HandView _left = new(new Intrinsics(500, 510, 150, 110), new HandBox(100, 70, 90, 110), RootDepth: 0.6);
    private static readonly HandView _right = _left with { Box = new HandBox(170, 60, 120, 100), RootDepth = 0.8 };

    public static TheoryData<string, string> Systems => new()
    {
        { "handdgp", "default" }, { "handdgp", "r101" }, { "mobrecon", "dsconv" }, { "mobrecon", "spiralconv" }, { "graphhand", "default" }, { "handar", "default" },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public void Two_hands_at_once_are_the_two_hands_one_by_one(string system, string variant)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system, variant));

        HandMesh[] together = Predict(model, _pixels, _left, _right);
        HandMesh first = Predict(model, _pixels, _left)[0];
        HandMesh second = Predict(model, _pixels, _right)[0];

        AssertSame(first, together[0], 1e-5f);
        AssertSame(second, together[1], 1e-5f);
        Assert.NotEqual(first.Vertices[0], second.Vertices[0]);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_mirrored_matrix_shows_what_a_mirrored_image_shows(string system, string variant)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system, variant));

        HandMesh fromMirroredImage = Predict(model, MirroredPixels(), _left)[0];
        HandMesh fromMirroredMatrix = Predict(model, _pixels, mirrored: true, _left)[0];

        // OpenCV's warp rounds positions to 1/32 pixel, and halves go one way only.
        AssertSame(fromMirroredImage, fromMirroredMatrix, 5e-3f);
    }

    [Theory]
    [InlineData("handdgp", true)]
    [InlineData("graphhand", true)]
    [InlineData("handar", false)]
    public void Joints_have_the_confidence_that_the_network_computes(string system, bool computes)
    {
        HandMesh hand = Predict(Named.Network(system).Model(SmallWeights.Of(system)), _pixels, _left)[0];

        Assert.Equal(computes ? HandMesh.JointCount : 0, hand.JointConfidences.Length);
        Assert.Equal(hand.JointConfidences.ToArray(), hand.Clone().JointConfidences.ToArray());
        if (computes)
        {
            Assert.True(hand.JointConfidences.ToArray().Distinct().Count() > 5, "all alike");
            Assert.All(hand.JointConfidences.ToArray(), value => Assert.True(float.IsFinite(value) && (system == "graphhand" || value is > 0 and < 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Vertices_joints_and_translation_belong_together(string system, string variant)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system, variant));

        HandMesh hand = Predict(model, _pixels, _left)[0];

        Assert.Equal(model.Surface.Faces.Length, hand.Faces.Length);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(Vector3.Distance(hand.Joints[i], hand.RelativeJoints[i] + hand.Translation) < 1e-5f);
        }

        Assert.Equal(hand.Placement.IsPlaced, hand.Translation != default);
        Assert.True(hand.Crop.Width > 0 && Math.Abs(hand.Crop.CenterX - _left.Box.CenterX) <= 1);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Preparing_and_finishing_allocate_nothing(string system, string variant)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system, variant));
        using Backend backend = Devices.Open("reference");
        using Session session = backend.Open(model.Build(1), SessionOptions.Default);
        model.Prepare(_left, session, 0);
        session.Run(new ImageView(_pixels, Width, Height, 3 * Width, PixelFormat.Rgb));
        var hand = new HandMesh(model.Surface);
        model.Finish(_left, session, 0, hand);

        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Prepare(_right, session, 0);
        model.Finish(_right, session, 0, hand);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static HandMesh[] Predict(HandModel model, byte[] pixels, params HandView[] views) => Predict(model, pixels, mirrored: false, views);

    private static HandMesh[] Predict(HandModel model, byte[] pixels, bool mirrored, params HandView[] views)
    {
        using Backend backend = Devices.Open("reference");
        using Session session = backend.Open(model.Build(views.Length), SessionOptions.Default);
        for (int i = 0; i < views.Length; i++)
        {
            model.Prepare(views[i], session, i);
        }

        if (mirrored)
        {
            Span<double> m = session.Input<double>(model.ImageMatrix);
            for (int column = 0; column < 3; column++)
            {
                m[column] = ((Width - 1) * m[6 + column]) - m[column];
            }
        }

        session.Run(new ImageView(pixels, Width, Height, 3 * Width, PixelFormat.Rgb));
        var hands = new HandMesh[views.Length];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = new HandMesh(model.Surface);
            model.Finish(views[i], session, i, hands[i]);
        }

        return hands;
    }

    private static byte[] MirroredPixels()
    {
        byte[] mirrored = new byte[_pixels.Length];
        for (int i = 0; i < _pixels.Length; i++)
        {
            (int row, int column, int channel) = (i / (3 * Width), i / 3 % Width, i % 3);
            mirrored[(((row * Width) + Width - 1 - column) * 3) + channel] = _pixels[i];
        }

        return mirrored;
    }

    // Relative joints: the place of a random hand may lie far behind the camera.
    private static void AssertSame(HandMesh expected, HandMesh actual, float tolerance)
    {
        Assert.Equal(expected.Placement.Flags, actual.Placement.Flags);
        float size = 0;
        foreach (Vector3 joint in expected.RelativeJoints)
        {
            size = MathF.Max(size, joint.Length());
        }

        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Assert.True(
                Vector3.Distance(expected.RelativeJoints[i], actual.RelativeJoints[i]) <= tolerance * size,
                $"joint {i}: {expected.RelativeJoints[i]} and {actual.RelativeJoints[i]}");
            Assert.True(Vector2.Distance(expected.Keypoints[i], actual.Keypoints[i]) <= tolerance * Width, $"keypoint {i}");
        }
    }
}
