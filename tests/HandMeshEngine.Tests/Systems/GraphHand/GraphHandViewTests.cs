using HandMeshEngine.Systems.GraphHand;

namespace HandMeshEngine.Tests.Systems.GraphHand;

/// <summary>The square that graphhand and handar crop, and what they say about a root that nobody gave.</summary>
public sealed class GraphHandViewTests
{
    private static readonly Intrinsics _camera = new(600, 600, 160, 120);

    [Fact]
    public void A_crop_box_is_cut_to_whole_pixels_toward_zero()
    {
        Assert.Equal((-24, 150, 372), GraphHandModel.SquareOf(new HandView(_camera, new HandBox(-24.9, 150.9, 372.5, 372.5), BoxIsCrop: true)));
    }

    [Fact]
    public void A_hands_box_grows_to_a_square_around_it()
    {
        (int x, int y, int side) = GraphHandModel.SquareOf(new HandView(_camera, new HandBox(100, 60, 80, 100)));

        Assert.Equal(133, side);
        Assert.Equal(140, x + (side / 2.0), 1.0);
        Assert.Equal(110, y + (side / 2.0), 1.0);
    }

    [Theory]
    [InlineData("graphhand")]
    [InlineData("handar")]
    public void A_root_that_rests_on_an_assumed_bone_is_flagged(string system)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system));
        var view = new HandView(_camera, new HandBox(100, 60, 80, 100));

        Assert.True(Flags(model, view).HasFlag(PlacementFlags.GuessedRoot));
        Assert.False(Flags(model, view with { RootDepth = 0.7 }).HasFlag(PlacementFlags.GuessedRoot));
        Assert.False(Flags(model, view with { BoneLength = 0.045 }).HasFlag(PlacementFlags.GuessedRoot));
    }

    [Fact]
    public void An_assumed_bone_of_five_centimetres_is_flagged_whatever_the_depth()
    {
        HandModel model = Named.Network("graphhand").Model(SmallWeights.Of("graphhand"));
        var view = new HandView(_camera, new HandBox(100, 60, 80, 100));

        Assert.True(Flags(model, view with { RootDepth = 0.7 }).HasFlag(PlacementFlags.SizeAssumed));
        Assert.True(Flags(model, view).HasFlag(PlacementFlags.SizeAssumed));
        Assert.False(Flags(model, view with { RootDepth = 0.7, BoneLength = 0.045 }).HasFlag(PlacementFlags.SizeAssumed));
    }

    [Theory]
    [InlineData("graphhand")]
    [InlineData("handar")]
    public void A_given_root_depth_is_the_wrists(string system)
    {
        HandModel model = Named.Network(system).Model(SmallWeights.Of(system));

        HandMesh hand = Run(model, new HandView(_camera, new HandBox(100, 60, 80, 100), RootDepth: 3));

        // handar's wrist is a mix of vertices whose own depths are relative to 3 m.
        Assert.Equal(3, hand.Joints[0].Z, system == "graphhand" ? 1e-5f : 0.2f);
    }

    private static PlacementFlags Flags(HandModel model, HandView view) => Run(model, view).Placement.Flags;

    private static HandMesh Run(HandModel model, HandView view)
    {
        using Backend backend = Devices.Open("cpu");
        using Session session = backend.Open(model.Build(1), SessionOptions.Default);
        model.Prepare(view, session, 0);
        session.Run(new ImageView(Synth.Image("view", 240, 320), 320, 240, 3 * 320, PixelFormat.Rgb));
        var hand = new HandMesh(model.Surface);
        model.Finish(view, session, 0, hand);
        return hand;
    }
}
