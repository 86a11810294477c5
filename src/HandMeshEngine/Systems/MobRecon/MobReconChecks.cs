namespace HandMeshEngine.Systems.MobRecon;

/// <summary>The cases of mobrecon; tolerances from parity/handdgp/README.md.</summary>
internal static class MobReconChecks
{
    /// <summary>mobrecon-VARIANT-NAME: every stage, and the chain from the image, which is the crop itself.</summary>
    public static void Run(Checks c)
    {
        c.Stage("stack", ["net.in"], (g, v) => MobReconNetwork.DenseStack(g, v[0]).Features, Stack());
        c.Stage("keypoints", ["net.stack2_out"], (g, v) => MobReconNetwork.Keypoints(g, v[0]), Keypoints());
        c.Stage("mesh", ["net.latent", "net.kpts2d"], (g, v) => MobReconNetwork.Vertices(g, v[0], v[1]), Vertices());
        if (c.Case.Image("input.image") is not { } image)
        {
            return;
        }

        double[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        c.Graph(
            "chain",
            "chain",
            g => MobReconNetwork.Build(g, batch: 1),
            session => identity.CopyTo(session.Input<double>("crop")),
            image,
            [new Expected("net.in", new Tolerance(1e-6), new Tolerance(1e-3)), .. Stack(), Keypoints(), Vertices()]);
    }

    /// <summary>mobrecon-registration-NAME: the translation to camera space.</summary>
    public static void RunRegistration(Checks c)
    {
        TensorMap stored = c.Case.Tensors;
        Tensor regressor = c.Case.SharedTables()["j_reg"];
        int count = stored["K"].Shape[0];
        double[] answers = new double[3 * count];
        for (int n = 0; n < count; n++)
        {
            Vector3d t = Register(stored, regressor, n);
            (answers[3 * n], answers[(3 * n) + 1], answers[(3 * n) + 2]) = (t.X, t.Y, t.Z);
        }

        c.Host("registration", "t_converged", i => answers[i], new Tolerance(1e-5));
    }

    private static Vector3d Register(TensorMap stored, Tensor regressor, int n)
    {
        int joints = regressor.Shape[0], vertices = regressor.Shape[1];
        var points = new Vector3d[joints];
        double[] u = new double[joints], v = new double[joints];
        Tensor mesh = stored["verts"], uv = stored["uv_px"], k = stored["K"];
        for (int j = 0; j < joints; j++)
        {
            for (int i = 0; i < vertices; i++)
            {
                int at = ((n * vertices) + i) * 3;
                points[j] += new Vector3d(mesh[at], mesh[at + 1], mesh[at + 2]) * regressor[(j * vertices) + i];
            }

            u[j] = uv[((n * joints) + j) * 2];
            v[j] = uv[(((n * joints) + j) * 2) + 1];
        }

        return MobReconRegistration.Solve(points, u, v, new Intrinsics(k[9 * n], k[(9 * n) + 4], k[(9 * n) + 2], k[(9 * n) + 5])).Translation;
    }

    private static Expected[] Stack() =>
    [
        Network("net.thrink"),
        Network("net.stack1"),
        Network("net.thrink2"),
        Network("net.stack2_mid"),
        Network("net.stack2_out"),
        Network("net.latent"),
    ];

    private static Expected Network(string tensor) => new(tensor, Tolerance.OfMax(1e-4), Tolerance.OfMax(2e-2));

    private static Expected Keypoints() => new("net.kpts2d", Tolerance.OfMax(1e-4), new Tolerance(1.0 / MobReconNetwork.Size));

    private static Expected Vertices() =>
        new("net.verts", Tolerance.OfMax(1e-4), new Tolerance(3e-3 / MobReconNetwork.MetresPerUnit));
}
