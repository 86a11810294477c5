using HandMeshEngine.Checkpoints;

namespace HandMeshEngine.Compute.Tests.Frames;

/// <summary>The stored cases of tests/parity/frames, and warps over them.</summary>
internal static class FrameCases
{
    /// <summary>A file of cases.</summary>
    public static TensorMap Read(string name) =>
        SafetensorsFile.Read(CaseFolders.Files("frames").First(path => Path.GetFileNameWithoutExtension(path) == name));

    /// <summary>Names of the stored frames in every format.</summary>
    public static IEnumerable<string> FormatKeys(TensorMap formats) =>
        formats.Names.Where(name => name.EndsWith(".pixels", StringComparison.Ordinal)).Select(name => name[..^".pixels".Length]);

    /// <summary>A frame of formats.safetensors, its planes cut after their last sample.</summary>
    public static StoredFrame Frame(TensorMap formats, string key) => new(formats, key, 37, 25);

    /// <summary>A graph of one warp of an image.</summary>
    public static OpGraph Graph(int matrices, WarpNormalizeOp op)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("y", g.WarpNormalize(g.Image("image"), g.Input("matrix", DType.Float64, matrices, 3, 3), op));
        return g.Build();
    }

    /// <summary>A warp without scale and offset.</summary>
    public static WarpNormalizeOp Op(int height, int width, WarpSampling sampling, WarpBorder border) =>
        new(height, width, sampling, border, false, (1, 1, 1), default);

    /// <summary>Runs a warp of an image.</summary>
    public static float[] Warp(Backend backend, ReadOnlySpan<double> matrices, WarpNormalizeOp op, ImageView image, SessionOptions? options = null)
    {
        using Session session = backend.Open(Graph(matrices.Length / 9, op), options ?? SessionOptions.Default);
        matrices.CopyTo(session.Input<double>("matrix"));
        session.Run(image);
        return session.Output("y").ToArray();
    }
}
