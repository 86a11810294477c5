namespace HandMeshEngine.Tests.Systems;

public sealed class BatchTests
{
    private static readonly HandView[] _views =
    [
        new(new Intrinsics(600, 610, 160, 120), new HandBox(40, 30, 120, 150)),
        new(new Intrinsics(600, 610, 160, 120), new HandBox(-20, 100, 140, 90)), // leaves the image
    ];

    [Theory]
    [InlineData("inceptiongraph", "r18")]
    [InlineData("pixelaligned", "r18")]
    public void The_second_of_two_hands_comes_out_as_alone(string system, string variant)
    {
        TensorMap weights = Named.Network(system).Drawn(variant, "batch", Named.Network(system).SyntheticTables());
        HandModel model = Named.Network(system).Model(weights);
        using Backend backend = Devices.Open("cpu");
        HandMesh[] together = Predict(model, backend, _views);
        HandMesh alone = Predict(model, backend, [_views[1]])[0];
        Assert.True(alone.Placement.IsPlaced);
        for (int v = 0; v < alone.Vertices.Length; v++)
        {
            Assert.Equal(0, (alone.Vertices[v] - together[1].Vertices[v]).Length(), 1e-5f);
        }

        Assert.NotEqual(together[0].Vertices.ToArray(), together[1].Vertices.ToArray());
    }

    private static HandMesh[] Predict(HandModel model, Backend backend, HandView[] views)
    {
        const int width = 320, height = 240;
        using Session session = backend.Open(model.Build(views.Length), SessionOptions.Default);
        for (int i = 0; i < views.Length; i++)
        {
            model.Prepare(views[i], session, i);
        }

        session.Run(new ImageView(Synth.Image("batch", height, width), width, height, 3 * width, PixelFormat.Rgb));
        var hands = new HandMesh[views.Length];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = new HandMesh(model.Surface);
            model.Finish(views[i], session, i, hands[i]);
        }

        return hands;
    }
}
