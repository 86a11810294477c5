namespace HandMeshEngine.Tests.Systems;

public sealed class HandModelsTests
{
    [Theory]
    [InlineData("handdgp", "default", 1)]
    [InlineData("handdgp", "default", 3)]
    [InlineData("mobrecon", "dsconv", 2)]
    [InlineData("mobrecon", "spiralconv", 1)]
    [InlineData("graphhand", "default", 2)]
    [InlineData("handar", "default", 2)]
    [InlineData("inceptiongraph", "r18", 2)]
    [InlineData("inceptiongraph", "r50", 1)]
    [InlineData("pixelaligned", "r50", 1)]
    [InlineData("pixelaligned", "r18", 3)]
    public void A_model_takes_every_size_from_its_tensors(string system, string variant, int batch)
    {
        HandModel model = Small(system, variant);

        OpGraph graph = model.Build(batch);

        string vertices = system switch
        {
            "handdgp" => "out.verts_cs",
            "mobrecon" => "net.verts",
            "graphhand" => "mesh_uvd",
            "inceptiongraph" or "pixelaligned" => "mesh_rel",
            _ => "mesh_hm",
        };
        Assert.Equal(new Shape(batch, model.Surface.VertexCount, 3), graph.Nodes[graph.Outputs[vertices]].Type.Shape);
        Assert.Equal(new Shape(batch, 3, 3), graph.Nodes[graph.Inputs[model.ImageMatrix]].Type.Shape);
        Assert.Contains(system, HandSystems.All.Select(known => known.Id));
    }

    [Fact]
    public void Heads_and_root_of_handdgp_stay_in_float32()
    {
        OpGraph graph = Small("handdgp", "default").Build(1);

        Assert.All(
            graph.Nodes.Where(node => node.Op is not ConstantOp and not InputOp),
            node => Assert.Equal(node.Stage is "keypoints" or "mesh" or "confidence" or "root", node.FullPrecision));
    }

    [Fact]
    public void A_missing_table_is_named()
    {
        Dictionary<string, Tensor> weights = ShapedWeights.Of("handar", "default", ("V", 40), ("F", 2));
        weights.Remove("faces");

        string message = Assert.Throws<GraphException>(() => Named.Network("handar").Model(weights)).Message;

        Assert.Contains("'faces'", message);
    }

    [Fact]
    public void A_table_of_faces_that_names_no_vertex_is_refused()
    {
        Dictionary<string, Tensor> weights = ShapedWeights.Of("handar", "default", ("V", 40), ("F", 1));
        weights["faces"] = Tensor.From(new Shape(1, 3), 0, 1, 40);

        Assert.Contains("vertex 40", Assert.Throws<GraphException>(() => Named.Network("handar").Model(weights)).Message);
    }

    [Theory]
    [InlineData("graphhand", "table.perm_reverse")]
    [InlineData("graphhand", "table.L0.col")]
    [InlineData("graphhand", "table.L2.row")]
    [InlineData("handdgp", "level2.spiral")]
    public void An_index_that_names_no_node_is_refused(string system, string table)
    {
        var weights = new Dictionary<string, Tensor>(Small(system, "default").Weights);
        weights[table] = Tensor.From<int>(weights[table].Shape, [.. Enumerable.Repeat(1_000_000, weights[table].Shape.Count)]);

        Assert.Contains($"'{table}'", Assert.Throws<GraphException>(() => Named.Network(system).Model(weights).Build(1)).Message);
    }

    [Fact]
    public void An_index_of_more_than_32_bits_is_refused()
    {
        var weights = new Dictionary<string, Tensor>(Small("graphhand", "default").Weights);
        weights["table.L0.row"] = Tensor.From<long>(weights["table.L0.row"].Shape, [.. Enumerable.Repeat(1L << 40, weights["table.L0.row"].Shape.Count)]);

        Assert.Contains("32 bits", Assert.Throws<GraphException>(() => Named.Network("graphhand").Model(weights).Build(1)).Message);
    }

    [Fact]
    public void Only_handdgp_has_a_virtual_camera()
    {
        HandModel turned = Named.Network("handdgp").Model(Small("handdgp", "default").Weights, virtualCamera: true);

        Assert.Equal("view", turned.ImageMatrix);
        Assert.DoesNotContain("crop", turned.Build(1).Inputs.Keys);
        Assert.Throws<ArgumentException>(() => Named.Network("handar").Model(turned.Weights, virtualCamera: true));
    }

    private static HandModel Small(string system, string variant)
    {
        Dictionary<string, Tensor> weights = system switch
        {
            "graphhand" => ShapedWeights.Of(system, variant, ("M", 80), ("P", 900), ("F", 10), ("E0", 7), ("E2", 5)),
            "handar" => ShapedWeights.Of(system, variant, ("V", 100), ("F", 10)),
            "inceptiongraph" => ShapedWeights.Of(system, variant, ("V4", 9), ("P", 100), ("F", 10), ("W4", 7), ("W2", 8), ("W0", 6)),
            "pixelaligned" => ShapedWeights.Of(system, variant, ("N4", 20), ("N3", 40), ("N2", 70), ("N1", 100), ("L", 9), ("F", 10)),
            _ => ShapedWeights.Of(system, variant, ("V0", 100), ("V1", 60), ("V2", 40), ("V3", 30), ("V4", 49), ("F", 10)),
        };
        return Named.Network(system).Model(weights.WithFaces(system == "graphhand" ? "table.faces" : "faces"));
    }
}
