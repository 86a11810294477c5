namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>The cases of inceptiongraph; tolerances from docs/systems/inceptiongraph.md 8, and parity/inceptiongraph/README.md.</summary>
internal static class InceptionGraphChecks
{
    // Every fourth row and column of T is stored.
    private const int StoredPixelStep = 4;

    /// <summary>Crop, every stage, camera space from the stored outputs, and the chain.</summary>
    public static void Run(Checks c)
    {
        CmrCropChecks.Geometry(c);
        c.Stage("joint_mlp", ["tp"], (g, v) => InceptionGraphNetwork.Joints(g, v[0]), CmrCropChecks.Result("uv"));
        c.Stage(
            "mesh_decoder",
            ["latent"],
            (g, v) => InceptionGraphDecoder.Mesh(g, v[0]),
            [.. Levels(), CmrCropChecks.Result("mesh_rel")]);
        c.Stage("depth_net", ["query"], (g, v) => InceptionGraphNetwork.DepthBins(g, Tokens(g, v[0])), CmrCropChecks.Network("bin_width"));
        c.Stage(
            "depth_net",
            ["query", "tp"],
            (g, v) => InceptionGraphNetwork.DepthAttention(g, Tokens(g, v[0]), v[1]),
            CmrCropChecks.Network("attended"));
        c.Stage("depth_net", ["query", "attended"], Depth, CmrCropChecks.Network("bin_prob"), CmrCropChecks.Result("depth_norm"));
        TensorMap stored = c.Case.Tensors;
        CmrCropChecks.CameraSpace(
            c, Root(c, stored["uv"].Span<float>(), stored["depth_norm"].Span<float>()), InceptionGraphNetwork.MetresPerUnit);
        CmrCropChecks.Chain(
            c,
            g => InceptionGraphNetwork.Build(g, batch: 1),
            Chain(),
            session => Root(c, session.Output("uv"), session.Output("depth_norm")),
            InceptionGraphNetwork.MetresPerUnit);
    }

    private static Expected[] Chain() =>
    [
        CmrCropChecks.Input,
        CmrCropChecks.Network("t_sub") with { Value = "t", PixelStep = StoredPixelStep },
        CmrCropChecks.Network("tp"),
        CmrCropChecks.Network("uv"),
        CmrCropChecks.Network("latent"),
        .. Levels(),
        CmrCropChecks.Network("mesh_rel"),
        CmrCropChecks.Network("query"),
        CmrCropChecks.Network("bin_width"),
        CmrCropChecks.Network("attended"),
        CmrCropChecks.Network("bin_prob"),
        CmrCropChecks.Network("depth_norm"),
    ];

    private static Expected[] Levels() => [CmrCropChecks.Network("graph4"), CmrCropChecks.Network("graph2"), CmrCropChecks.Network("graph0")];

    private static Value Depth(GraphBuilder g, Value[] v) => InceptionGraphNetwork.DepthFromBins(
        g, InceptionGraphNetwork.DepthBins(g, Tokens(g, v[0])), InceptionGraphNetwork.DepthConfidences(g, Tokens(g, v[1])));

    // Cases store [1, channel, token].
    private static Value Tokens(GraphBuilder g, Value x) => g.Transpose(x, 1, 2);

    private static Vector3d Root(Checks c, ReadOnlySpan<float> uv, ReadOnlySpan<float> depth) =>
        InceptionGraphModel.Root(uv[..2], depth[0], CmrCropChecks.CropCamera(c));
}
