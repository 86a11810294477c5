using HandMeshEngine.Systems.Blocks;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Tests.Systems.PixelAligned;

public sealed class PixelAlignedTests
{
    private static readonly Intrinsics _camera = new(600, 640, 320, 240);

    [Fact]
    public void Sampling_before_the_fusion_gives_what_sampling_after_it_gives()
    {
        var random = new Random(7);
        Dictionary<string, Tensor> weights = OneLevel(random);
        using Session session = Open(Sampled(weights, points: 12), "q1");
        Fill(session.Input<float>("f"), random, 1);
        Fill(session.Input<float>("points"), random, 1.2f);
        session.Run();
        float[] before = session.Output("sampled").ToArray();

        var map = new GraphBuilder(weights);
        map.Output("after", FusedPyramid.Sample(map, map.Input("q", 1, 6, 8, 8), map.Input("points", 1, 12, 2)));
        using Session again = Open(map);
        session.Output("q1").CopyTo(again.Input<float>("q"));
        session.Input<float>("points").CopyTo(again.Input<float>("points"));
        again.Run();
        Assert.All(before.Zip(again.Output("after").ToArray()), pair => Assert.Equal(pair.Second, pair.First, 2e-6f));
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(33, 1)]
    public void The_fused_map_is_only_computed_where_points_are_many(int points, int readers)
    {
        OpGraph graph = Sampled(OneLevel(new Random(1)), points).Build();
        Assert.Equal(readers, graph.UseCounts()[graph.Taps["q1"]]); // without a reader it lives only while observed
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1.5f)]
    [InlineData(float.NaN)]
    public void A_scale_that_is_not_positive_gives_no_root(float scale) =>
        Assert.Null(PixelAlignedModel.Root([scale, 0.1f, 0.2f], _camera));

    [Fact]
    public void Weak_perspective_becomes_depth_by_the_size_of_the_hand_in_the_crop()
    {
        // With scale 2 a unit of 0.2 m spans 224 pixels: z = 0.2 f / 224.
        Vector3d root = PixelAlignedModel.Root([2, 0, 0], new Intrinsics(1000, 1000, 111.5, 111.5))!.Value;
        Assert.Equal(0.2 * 1000 / 224, root.Z, 1e-12);
        Assert.Equal((0, 0), (root.X, root.Y)); // the middle of the crop is pixel 111.5
    }

    [Fact]
    public void A_checkpoint_without_camera_keeps_its_shape_but_has_no_place()
    {
        PixelAlignedModel model = Model(withCamera: false);
        Assert.DoesNotContain("weak_camera", model.Build(1).Outputs.Keys);

        HandMesh hand = Finish(model, [("mesh_rel", [model.Surface.VertexCount, 3], 0.5f)]);
        Assert.Equal(PlacementFlags.Degenerate, hand.Placement.Flags);
        Assert.All(hand.Vertices.ToArray(), vertex => Assert.Equal(0.1f, vertex.X, 1e-6f)); // metres
    }

    [Fact]
    public void A_hand_with_a_camera_is_placed_in_front_of_it()
    {
        PixelAlignedModel model = Model(withCamera: true);
        HandMesh hand = Finish(model, [("mesh_rel", [model.Surface.VertexCount, 3], 0), ("weak_camera", [3], 1.5f)]);
        Assert.True(hand.Placement.IsPlaced);
        Assert.Equal(hand.Translation, hand.Vertices[3]);
    }

    [Fact]
    public void The_metadata_may_give_another_number_of_heads()
    {
        var weights = new TensorMap("test");
        foreach ((string name, Tensor tensor) in Model(withCamera: true).Weights)
        {
            weights.Add(name, tensor);
        }

        weights.Metadata["heads"] = "8";
        Assert.Contains(new PixelAlignedModel(weights).Build(1).Nodes, node => node.Op is AttentionOp { Heads: 8 });
        weights.Metadata["heads"] = "four";
        Assert.Contains("'four'", Assert.Throws<GraphException>(() => new PixelAlignedModel(weights)).Message, StringComparison.Ordinal);
    }

    // F_1 [5, 8, 8] alone, fused to 6 channels and sampled.
    private static GraphBuilder Sampled(Dictionary<string, Tensor> weights, int points)
    {
        var g = new GraphBuilder(weights);
        FusedPyramid pyramid = FusedPyramid.Build(g, [g.Input("f", 1, 5, 8, 8)]);
        g.Output("sampled", pyramid.Sample(g, 1, g.Input("points", 1, points, 2)));
        return g;
    }

    private static Dictionary<string, Tensor> OneLevel(Random random)
    {
        var weights = new Dictionary<string, Tensor>();
        Add(weights, random, "extractor.h1.conv.weight", 4, 5, 3, 3);
        Add(weights, random, "extractor.h1.conv.bias", 4);
        foreach (string part in (string[])["weight", "bias", "running_mean", "running_var"])
        {
            Add(weights, random, $"extractor.h1.norm.{part}", 4);
        }

        Add(weights, random, "extractor.q1.weight", 6, 9, 1, 1);
        Add(weights, random, "extractor.q1.bias", 6);
        return weights;
    }

    private static PixelAlignedModel Model(bool withCamera)
    {
        Dictionary<string, Tensor> weights = ShapedWeights
            .Of("pixelaligned", "r18", ("N4", 20), ("N3", 40), ("N2", 70), ("N1", 100), ("L", 9), ("F", 10))
            .WithFaces("faces");
        Tensor regressor = weights["joint_regressor"];
        for (int joint = 0; joint < HandMesh.JointCount; joint++)
        {
            regressor.Span<float>()[(joint * regressor.Shape[1]) + joint] = 1;
        }

        foreach (string key in weights.Keys.Where(key => !withCamera && key.StartsWith("weak_camera", StringComparison.Ordinal)).ToArray())
        {
            weights.Remove(key);
        }

        return new PixelAlignedModel(weights);
    }

    // What the model makes of network outputs that are the same number everywhere.
    private static HandMesh Finish(PixelAlignedModel model, (string Name, int[] Shape, float Value)[] outputs)
    {
        var g = new GraphBuilder(model.Weights);
        foreach ((string name, int[] shape, _) in outputs)
        {
            g.Output(name, g.Scale(g.Input(name, [1, .. shape]), 1));
        }

        using Session session = Open(g);
        foreach ((string name, _, float value) in outputs)
        {
            session.Input<float>(name).Fill(value);
        }

        session.Run();
        var hand = new HandMesh(model.Surface);
        model.Finish(new HandView(_camera, new HandBox(200, 150, 100, 100)), session, 0, hand);
        return hand;
    }

    private static Session Open(GraphBuilder g, params string[] observe) =>
        Devices.Open("reference").Open(g.Build(), new SessionOptions { Observe = observe });

    private static void Add(Dictionary<string, Tensor> weights, Random random, string name, params int[] extents)
    {
        var tensor = new Tensor(DType.Float32, new Shape(extents));
        Fill(tensor.Span<float>(), random, 0.5f);
        weights.Add(name, tensor);
        if (name.EndsWith("running_var", StringComparison.Ordinal))
        {
            tensor.Span<float>().Fill(0.8f);
        }
    }

    private static void Fill(Span<float> values, Random random, float scale)
    {
        foreach (ref float value in values)
        {
            value = scale * ((2 * random.NextSingle()) - 1);
        }
    }
}
