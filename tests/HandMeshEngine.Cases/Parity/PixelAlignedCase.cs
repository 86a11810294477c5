using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Models;

namespace HandMeshEngine.Cases.Parity;

/// <summary>
/// A parity case of pixelaligned: the whole chain from the image, then every decoder level from the stored tensors of the level
/// above.
/// </summary>
public static class PixelAlignedCase
{
    private const int CoarsestLevel = 4;

    /// <summary>Runs a case file on a backend.</summary>
    public static StageReport Run(Backend backend, string file, Precision precision = Precision.Float32)
    {
        var mean = new TensorMap("the default mean camera");
        mean.Add("weak_camera.mean", Tensor.From(new Shape(3), 1.6f, 0f, -0.67f));
        var trainer = TrainerCase.Open(backend, file, "pixelaligned", "mesh.", mean, precision);
        using (Session session = trainer.RunFromImage(g => PixelAlignedNetwork.Build(g, batch: 1)))
        {
            Compare(trainer, session, precision, "weak_camera");
            for (int s = CoarsestLevel; s >= 1; s--)
            {
                Compare(trainer, session, precision, $"q{s}", $"point{s}", $"g{s}", $"x{s}", $"mesh{s}");
            }

            Compare(trainer, session, precision, "mesh_rel");
        }

        for (int s = CoarsestLevel - 1; s >= 1; s--)
        {
            using Session session = trainer.RunFrom(
                g => LevelFromStored(g, trainer, s), $"q{s}", $"x{s + 1}", $"mesh{s + 1}", "weak_camera");
            Compare(trainer, session, precision, $"point{s}", $"g{s}", $"x{s}", $"mesh{s}");
        }

        return trainer.Report;
    }

    private static void LevelFromStored(GraphBuilder g, TrainerCase trainer, int s)
    {
        Value camera = g.Reshape(trainer.Input(g, "weak_camera"), 1, 3);
        Value mesh = PixelAlignedNetwork.Unpool(g, s, trainer.Input(g, $"mesh{s + 1}"));
        Value features = PixelAlignedNetwork.Unpool(g, s, trainer.Input(g, $"x{s + 1}"));
        Value point = g.Tap($"point{s}", PixelAlignedNetwork.Project(g, mesh, camera));
        Value sampled = g.Tap($"g{s}", FusedPyramid.Sample(g, trainer.Input(g, $"q{s}"), point));
        g.Output("mesh", PixelAlignedNetwork.Decode(g, s, features, sampled, mesh, PixelAlignedNetwork.DefaultHeads).Mesh);
    }

    private static void Compare(TrainerCase trainer, Session session, Precision precision, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            double tolerance = precision == Precision.Float32 ? 5e-5 : name[0] == 'g' ? 1e-2 : 5e-3;
            trainer.Report.Relative(name, trainer.Stored[name], session.Output(name), tolerance);
        }
    }
}
