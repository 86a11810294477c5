using HandMeshEngine.Systems.InceptionGraph;

namespace HandMeshEngine.Tests.Systems.InceptionGraph;

public sealed class InceptionGraphTests
{
    [Fact]
    public void Depth_is_the_normalised_depth_times_the_mean_focal_length()
    {
        Vector3d root = InceptionGraphModel.Root([0.5f, 0.25f], 1.5f, new Intrinsics(400, 900, 112, 60));
        Assert.Equal(1.5 * 600 / 1000, root.Z, 1e-12);
        Assert.Equal(0, root.X, 1e-12);
        Assert.Equal((56 - 60) / 900.0 * 0.9, root.Y, 1e-12);
    }

    [Fact]
    public void Heads_that_turn_features_into_metres_stay_in_float32()
    {
        OpGraph graph = Small(("V4", 9), ("P", 100)).Build(1);
        foreach (string output in (string[])["uv", "mesh_rel", "depth_norm"])
        {
            Assert.True(graph.Nodes[graph.Outputs[output]].FullPrecision, output);
        }

        Assert.DoesNotContain(graph.Nodes, node => node.Stage is "encoder" or "mesh_encoder" && node.FullPrecision);
    }

    [Fact]
    public void A_level_whose_nodes_do_not_fit_the_tree_is_refused()
    {
        InceptionGraphModel model = Small(("V4", 9), ("P", 100));
        var weights = new Dictionary<string, Tensor>(model.Weights)
        {
            ["graph.level2_index"] = new Tensor(DType.Int32, new Shape(37, 8)),
        };
        string message = Assert.Throws<GraphException>(() => new InceptionGraphModel(weights).Build(1)).Message;
        Assert.Contains("37 nodes cannot follow one of 9", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latent_layer_for_another_tree_is_refused()
    {
        InceptionGraphModel model = Small(("V4", 9), ("P", 100));
        var weights = new Dictionary<string, Tensor>(model.Weights)
        {
            ["graph.level4_index"] = new Tensor(DType.Int32, new Shape(10, 7)),
        };
        string message = Assert.Throws<GraphException>(() => new InceptionGraphModel(weights).Build(1)).Message;
        Assert.Contains("do not spread evenly over the 10 nodes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regressor_for_another_mesh_is_refused()
    {
        InceptionGraphModel model = Small(("V4", 9), ("P", 100));
        var weights = new Dictionary<string, Tensor>(model.Weights)
        {
            ["joint_regressor"] = new Tensor(DType.Float32, new Shape(21, 99)),
        };
        Assert.Contains("[21, 100]", Assert.Throws<GraphException>(() => new InceptionGraphModel(weights)).Message, StringComparison.Ordinal);
    }

    private static InceptionGraphModel Small(params (string Name, int Value)[] sizes) => new(ShapedWeights
        .Of("inceptiongraph", "r18", [.. sizes, ("F", 10), ("W4", 7), ("W2", 8), ("W0", 6)])
        .WithFaces("faces"));
}
