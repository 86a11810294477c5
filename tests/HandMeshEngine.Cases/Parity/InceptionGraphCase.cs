using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Models;

namespace HandMeshEngine.Cases.Parity;

/// <summary>
/// A parity case of inceptiongraph: the whole chain from the image, then every part that the file's tensors allow from its stored
/// input.
/// </summary>
public static class InceptionGraphCase
{
    private static readonly string[] _whole =
        ["tp", "uv", "latent", "graph4", "graph2", "graph0", "mesh_rel", "query", "bin_width", "attended", "bin_prob", "depth_norm"];

    /// <summary>Runs a case file on a backend.</summary>
    public static StageReport Run(Backend backend, string file, Precision precision = Precision.Float32)
    {
        var range = new TensorMap("the default range");
        range.Add("depth_net.range", Tensor.From(new Shape(2), 0.3f, 3.0f));
        var trainer = TrainerCase.Open(backend, file, "inceptiongraph", "graph.", range, precision);
        double tolerance = precision == Precision.Float32 ? 5e-5 : 5e-3;
        using (Session session = trainer.RunFromImage(g => InceptionGraphNetwork.Build(g, batch: 1)))
        {
            trainer.Report.Relative("t_sub", trainer.Stored["t_sub"], EveryFourth(session, trainer.Stored["t_sub"].Shape), tolerance);
            Compare(trainer, session, tolerance, _whole);
        }

        using (Session session = trainer.RunFrom(g => g.Output("uv", InceptionGraphNetwork.Joints(g, trainer.Input(g, "tp"))), "tp"))
        {
            Compare(trainer, session, tolerance, "uv");
        }

        using (Session session = trainer.RunFrom(
            g => g.Output("mesh_rel", InceptionGraphDecoder.Mesh(g, trainer.Input(g, "latent"))), "latent"))
        {
            Compare(trainer, session, tolerance, "graph4", "graph2", "graph0", "mesh_rel");
        }

        using (Session session = trainer.RunFrom(g => AttentionFromStored(g, trainer), "tp", "query"))
        {
            Compare(trainer, session, tolerance, "bin_width", "attended");
        }

        using (Session session = trainer.RunFrom(g => DepthFromStored(g, trainer), "query", "attended"))
        {
            Compare(trainer, session, tolerance, "bin_prob", "depth_norm");
        }

        return trainer.Report;
    }

    // Tokens are stored channel-major.
    private static void AttentionFromStored(GraphBuilder g, TrainerCase trainer)
    {
        Value query = g.Transpose(trainer.Input(g, "query"), 1, 2);
        g.Output("centres", InceptionGraphNetwork.DepthBins(g, query));
        g.Output("tokens", InceptionGraphNetwork.DepthAttention(g, query, trainer.Input(g, "tp")));
    }

    private static void DepthFromStored(GraphBuilder g, TrainerCase trainer)
    {
        Value centres = InceptionGraphNetwork.DepthBins(g, g.Transpose(trainer.Input(g, "query"), 1, 2));
        Value confidences = InceptionGraphNetwork.DepthConfidences(g, g.Transpose(trainer.Input(g, "attended"), 1, 2));
        g.Output("depth_norm", InceptionGraphNetwork.DepthFromBins(g, centres, confidences));
    }

    private static void Compare(TrainerCase trainer, Session session, double tolerance, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            trainer.Report.Relative(name, trainer.Stored[name], session.Output(name), tolerance);
        }
    }

    // T at every fourth row and column, which is what the file stores.
    private static float[] EveryFourth(Session session, Shape sub)
    {
        ReadOnlySpan<float> t = session.Output("t");
        var result = new float[sub.Count];
        (int height, int width) = (sub[2], sub[3]);
        for (int i = 0; i < result.Length; i++)
        {
            (int channel, int y, int x) = (i / (height * width), i / width % height, i % width);
            result[i] = t[(((channel * 4 * height) + (4 * y)) * 4 * width) + (4 * x)];
        }

        return result;
    }
}
