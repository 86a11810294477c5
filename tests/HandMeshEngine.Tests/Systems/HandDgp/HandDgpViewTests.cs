using HandMeshEngine.Systems.HandDgp;

namespace HandMeshEngine.Tests.Systems.HandDgp;

/// <summary>Where handdgp looks, and what it says about hands that it does not see.</summary>
public sealed class HandDgpViewTests
{
    private static readonly Intrinsics _camera = new(480, 470, 118, 105);

    [Fact]
    public void The_rectified_view_does_not_follow_the_box()
    {
        foreach (HandBox box in (HandBox[])[new(80, 70, 60, 90), new(0, 30, 150, 20)])
        {
            Assert.Equal((112, 112), Rounded(See(box, _camera.Cx, _camera.Cy)));
            Assert.Equal((112 + 100, 112 - 50), Rounded(See(box, _camera.Cx + 48, _camera.Cy - 23.5)));
        }
    }

    [Theory]
    [InlineData(118, 105, false)]
    [InlineData(118 + 53, 105 - 52, false)]
    [InlineData(118 + 55, 105, true)]
    [InlineData(118, 105 + 54, true)]
    public void A_box_outside_the_view_is_flagged(double x, double y, bool offAxis)
    {
        (HandMesh hand, _, _) = Run(new HandView(_camera, Around(x, y)), virtualCamera: false);

        Assert.Equal(offAxis, hand.Placement.Flags.HasFlag(PlacementFlags.OffAxis));
    }

    [Theory]
    [InlineData(118, 105)]
    [InlineData(20, 200)]
    public void A_virtual_camera_looks_at_the_box(double x, double y)
    {
        (HandMesh hand, double[] view, float[] k) = Run(new HandView(_camera, Around(x, y)), virtualCamera: true);

        Vector2 centre = Apply(view, 112, 112);
        Assert.True(Vector2.Distance(centre, new Vector2((float)x, (float)y)) < 1e-3f, $"{centre}");
        Assert.False(hand.Placement.Flags.HasFlag(PlacementFlags.OffAxis));
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            Vector2 expected = Apply(view, 224 * k[2 * i], 224 * k[(2 * i) + 1]);
            Assert.True(Vector2.Distance(expected, hand.Keypoints[i]) < 0.01f, $"{expected} {hand.Keypoints[i]}");
        }
    }

    // Crop, then rectification: 1000 / f pixels for a pixel of the image, the optical axis in the middle.
    private static (double U, double V) See(HandBox box, double x, double y)
    {
        (double u, double v) = HandDgpModel.CropOf(new HandView(_camera, box)).Apply(x, y);
        return HandDgpModel.RectificationOf(new HandView(_camera, box)).Apply(u, v);
    }

    private static (double U, double V) Rounded((double U, double V) p) => (Math.Round(p.U, 9), Math.Round(p.V, 9));

    private static HandBox Around(double x, double y) => new(x - 30, y - 40, 60, 80);

    private static (HandMesh Hand, double[] View, float[] Keypoints) Run(in HandView view, bool virtualCamera)
    {
        HandModel model = Named.Network("handdgp").Model(SmallWeights.Of("handdgp"), virtualCamera);
        using Backend backend = Devices.Open("reference");
        using Session session = backend.Open(model.Build(1), SessionOptions.Default);
        model.Prepare(view, session, 0);
        session.Run(new ImageView(Synth.Image("view", 224, 224), 224, 224, 3 * 224, PixelFormat.Rgb));
        var hand = new HandMesh(model.Surface);
        model.Finish(view, session, 0, hand);
        return (hand, session.Input<double>("view").ToArray(), session.Output("net.kpts2d").ToArray());
    }

    private static Vector2 Apply(double[] m, double u, double v)
    {
        double w = (m[6] * u) + (m[7] * v) + m[8];
        return new Vector2((float)(((m[0] * u) + (m[1] * v) + m[2]) / w), (float)(((m[3] * u) + (m[4] * v) + m[5]) / w));
    }
}
