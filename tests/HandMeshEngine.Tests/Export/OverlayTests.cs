using HandMeshEngine.Export;
using HandMeshEngine.Export.Drawing;
using HandMeshEngine.Tests.Rig;

namespace HandMeshEngine.Tests.Export;

public sealed class OverlayTests
{
    [Theory]
    [MemberData(nameof(HandCase.Rendered), MemberType = typeof(HandCase))]
    public void The_true_mesh_covers_the_true_mask(string name)
    {
        HandCase stored = HandCase.Load(name);
        HandMesh truth = LandmarkMesher.NewHand();
        stored.Points3("gt.vertices").CopyTo(truth.Refill(HandRig.Right.Surface));
        bool[] covered = Covered(truth, View.Through(stored.Camera), stored.Width, stored.Height);
        ReadOnlySpan<byte> mask = stored.Bytes("gt.mask");
        int both = 0, any = 0;
        for (int i = 0; i < covered.Length; i++)
        {
            both += covered[i] && mask[i] == 1 ? 1 : 0;
            any += covered[i] || mask[i] == 1 ? 1 : 0;
        }

        Assert.True(both > 0.99 * any, $"intersection over union is {(double)both / any:0.0000}");
    }

    [Fact]
    public void Nothing_but_the_hand_changes_in_the_photo()
    {
        (RgbImage photo, HandMesh[] hands) = Scene("rendered-0");
        RgbImage picture = Rendered(photo, hands, OverlayParts.Mesh);
        bool[] covered = Covered(hands[0], View.Through(hands[0].Camera.Intrinsics), photo.Width, photo.Height, least: 0.01f);
        int strays = 0;
        for (int i = 0; i < covered.Length; i++)
        {
            bool same = picture.Pixels.Slice(3 * i, 3).SequenceEqual(photo.Pixels.Slice(3 * i, 3));
            strays += same || covered[i] ? 0 : 1;
        }

        Assert.Equal(0, strays);
        Assert.InRange(covered.Count(c => c), 10_000, 60_000);
    }

    [Fact]
    public void Through_a_lens_the_drawn_mesh_bends_as_the_lens_does()
    {
        (RgbImage photo, HandMesh[] hands) = Scene("rendered-0");
        HandMesh hand = hands[0];
        Camera straight = hand.Camera;
        Camera barrel = new Camera(straight.Fx, straight.Fy, straight.Cx, straight.Cy, photo.Width, photo.Height).WithLens(Lens.BrownConrady(-0.3, 0.1, 0, 0));
        hand.Camera = barrel;
        RgbImage drawn = new(1, 1);
        new OverlayRenderer { KeepsSize = true }.Render(photo, hands, drawn, OverlayParts.Mesh);

        // What is drawn reaches to where the lens shows the outermost vertices, which is not where a pinhole does.
        (Vector2 low, Vector2 high) = Changed(photo, drawn);
        (Vector2 bentLow, Vector2 bentHigh) = Bounds(hand, barrel);
        (Vector2 plainLow, Vector2 plainHigh) = Bounds(hand, new Camera(straight.Fx, straight.Fy, straight.Cx, straight.Cy, photo.Width, photo.Height));
        Assert.True(Vector2.Distance(low, bentLow) < 2 && Vector2.Distance(high, bentHigh) < 2, $"{low} to {high}, not {bentLow} to {bentHigh}");
        Assert.True(Vector2.Distance(bentLow, plainLow) + Vector2.Distance(bentHigh, plainHigh) > 6, "this lens bends too little to show anything");
    }

    [Theory]
    [InlineData(640, 480, 640, 480)]
    [InlineData(4000, 3000, 1280, 960)]
    [InlineData(120, 160, 360, 480)]
    [InlineData(3000, 20, 1280, 9)]
    public void The_photo_panel_keeps_its_proportions_within_sensible_sizes(int width, int height, int shownWidth, int shownHeight)
    {
        RgbImage picture = Rendered(new RgbImage(width, height), [], OverlayParts.None);

        Assert.Equal((shownWidth, shownHeight), (picture.Width, picture.Height));
    }

    [Fact]
    public void The_side_view_stands_beside_the_photo_and_shows_the_hand()
    {
        (RgbImage photo, HandMesh[] hands) = Scene("rendered-0");
        RgbImage with = Rendered(photo, hands, OverlayParts.SideView), without = Rendered(photo, [], OverlayParts.SideView);

        Assert.Equal(photo.Height, with.Height);
        Assert.InRange(with.Width - photo.Width, photo.Width / 3, photo.Width);
        Assert.InRange(Differences(with, without), 20_000, 150_000);
    }

    [Fact]
    public void In_the_side_view_farther_is_more_to_the_right()
    {
        View view = View.FromTheSide(1000, Vector2.Zero);
        Vector3 near = view.Project(new Vector3(0, 0.1f, 0.3f)), far = view.Project(new Vector3(0, 0.1f, 0.5f));
        Vector3 rightmost = view.Project(new Vector3(0.2f, 0.1f, 0.3f));

        Assert.Equal(200, far.X - near.X, 1e-3);
        Assert.Equal(near.Y, far.Y);
        Assert.True(rightmost.Z > near.Z, "the viewer stands on the camera's right, so what is on the right is nearer");
    }

    [Fact]
    public void The_nearer_hand_hides_the_farther_one()
    {
        HandMesh[] hands = [TestHands.Of("rendered-0")[0], TestHands.Of("rendered-0")[0]];
        RgbImage photo = new(640, 480);
        Span<Vector3> farther = hands[0].Refill(HandRig.Right.Surface);
        foreach (ref Vector3 vertex in farther)
        {
            vertex *= 1.2f; // along its ray: the outline stays the same
        }

        HandMesh[] swapped = [hands[1], hands[0]];
        RgbImage nearerAlone = Rendered(photo, [hands[1]], OverlayParts.Mesh), both = Rendered(photo, swapped, OverlayParts.Mesh);

        Assert.InRange(Differences(nearerAlone, both), 0, 1000); // at most along the outline
    }

    [Fact]
    public void Pictures_repeat_to_the_bit_and_do_not_depend_on_earlier_ones()
    {
        (RgbImage photo, HandMesh[] hands) = Scene("pointing");
        const OverlayParts all = OverlayParts.Default | OverlayParts.Skeleton;
        var renderer = new OverlayRenderer();
        var first = new RgbImage(1, 1);
        var second = new RgbImage(1, 1);
        renderer.Render(photo, hands, first, all);
        renderer.Render(new RgbImage(800, 200), [TestHands.Unplaced()], second, all);
        renderer.Render(photo, hands, second, all);

        Assert.True(first.Pixels.SequenceEqual(second.Pixels));
    }

    [Fact]
    public void A_hand_without_a_place_shows_its_keypoints_only()
    {
        var photo = new RgbImage(640, 480);
        HandMesh hand = TestHands.Unplaced();

        Assert.Equal(0, Differences(photo, Rendered(photo, [hand], OverlayParts.Mesh)));
        Assert.InRange(Differences(photo, Rendered(photo, [hand], OverlayParts.Skeleton)), 1, 100);
    }

    [Theory]
    [InlineData(-0.3f, 0f, 1f)]
    [InlineData(0f, 0f, 0.05f)]
    [InlineData(0f, 1e6f, 1f)]
    [InlineData(float.NaN, 0f, 1f)]
    public void Hands_partly_or_wholly_out_of_sight_do_no_harm(float shiftX, float shiftY, float depthFactor)
    {
        (RgbImage photo, HandMesh[] hands) = Scene("pointing");
        foreach (ref Vector3 vertex in hands[0].Refill(HandRig.Left.Surface))
        {
            vertex = new Vector3(vertex.X + shiftX, vertex.Y + shiftY, vertex.Z * depthFactor);
        }

        RgbImage picture = Rendered(photo, hands, OverlayParts.Default | OverlayParts.Skeleton);

        Assert.Equal(640, picture.Height);
    }

    [Fact]
    public void An_open_mesh_shows_its_inside()
    {
        HandMesh sheet = TestHands.Large();
        View view = View.Through(new HandMeshEngine.Cameras.Intrinsics(400, 400, 100, 100));
        int front = Covered(sheet, view, 400, 400).Count(c => c);
        foreach (ref Vector3 vertex in sheet.Refill(sheet.Surface.Mirrored()))
        {
            vertex.Z += 0.001f;
        }

        Assert.InRange(Covered(sheet, view, 400, 400).Count(c => c), front * 0.98, front);
    }

    [Fact]
    public void Every_character_of_the_labels_can_be_drawn()
    {
        foreach (char c in "0123456789abcdefghijklmnopqrstuvwxyz~-.")
        {
            var image = new RgbImage(40, 40);
            StrokeFont.Draw(new Canvas(image, new Area(0, 0, 40, 40)), c.ToString(), new Vector2(8), 20, new Vector3(255));
            Assert.True(image.Pixels.ContainsAnyExcept((byte)0), $"'{c}' leaves no ink");
        }
    }

    [Fact]
    public void A_text_is_as_wide_as_it_measures()
    {
        var image = new RgbImage(300, 40);
        StrokeFont.Draw(new Canvas(image, new Area(0, 0, 300, 40)), "left 42 cm", new Vector2(10, 8), 20, new Vector3(255));
        int[] inked = [.. Enumerable.Range(0, 300).Where(x => Enumerable.Range(0, 40).Any(y => image.Row(y)[3 * x] > 100))];

        Assert.Equal(StrokeFont.Measure("left 42 cm", 20), inked[^1] - inked[0], 4.0);
    }

    [Fact]
    public void Saving_writes_the_rendered_picture()
    {
        using var folder = new TemporaryFolder();
        (RgbImage photo, HandMesh[] hands) = Scene("fist");
        new OverlayRenderer().Save(folder.File("fist.overlay.png"), photo, hands);
        RgbImage read = RgbImage.Load(folder.File("fist.overlay.png"));

        Assert.True(read.Pixels.SequenceEqual(Rendered(photo, hands, OverlayParts.Default).Pixels));
        Assert.Equal(["fist.overlay.png"], folder.Files);
    }

    private static (RgbImage Photo, HandMesh[] Hands) Scene(string name)
    {
        HandCase stored = HandCase.Load(name);
        return (new RgbImage(stored.Width, stored.Height, stored.Bytes("image")), TestHands.Of(name));
    }

    private static RgbImage Rendered(RgbImage photo, HandMesh[] hands, OverlayParts parts)
    {
        var picture = new RgbImage(1, 1);
        new OverlayRenderer().Render(photo, hands, picture, parts);
        return picture;
    }

    // Coverage shows as the difference between painting on white and on black.
    private static bool[] Covered(HandMesh hand, View view, int width, int height, float least = 0.5f)
    {
        var painter = new MeshPainter();
        painter.Clear(view);
        painter.Add(new HandFigure(hand, new float[hand.Vertices.Length], Vector3.Zero));
        RgbImage black = new(width, height), white = new(width, height);
        white.Pixels.Fill(255);
        painter.Paint(black, new Area(0, 0, width, height), 1);
        painter.Paint(white, new Area(0, 0, width, height), 1);
        var covered = new bool[width * height];
        for (int i = 0; i < covered.Length; i++)
        {
            covered[i] = 255 - (white.Pixels[3 * i] - black.Pixels[3 * i]) >= 255 * least;
        }

        return covered;
    }

    private static (Vector2 Low, Vector2 High) Changed(RgbImage before, RgbImage after)
    {
        (Vector2 low, Vector2 high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        for (int i = 0; i < before.Width * before.Height; i++)
        {
            if (!before.Pixels.Slice(3 * i, 3).SequenceEqual(after.Pixels.Slice(3 * i, 3)))
            {
                var place = new Vector2(i % before.Width, i / before.Width);
                (low, high) = (Vector2.Min(low, place), Vector2.Max(high, place));
            }
        }

        return (low, high);
    }

    private static (Vector2 Low, Vector2 High) Bounds(HandMesh hand, Camera camera)
    {
        (Vector2 low, Vector2 high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (Vector3 vertex in hand.Vertices)
        {
            Vector2 place = Vector2.Clamp(camera.Project(vertex), Vector2.Zero, new Vector2(camera.Width!.Value - 1, camera.Height!.Value - 1));
            (low, high) = (Vector2.Min(low, place), Vector2.Max(high, place));
        }

        return (low, high);
    }

    private static int Differences(RgbImage a, RgbImage b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        int count = 0;
        for (int i = 0; i < a.Pixels.Length; i += 3)
        {
            count += a.Pixels.Slice(i, 3).SequenceEqual(b.Pixels.Slice(i, 3)) ? 0 : 1;
        }

        return count;
    }
}
