using HandMeshEngine.Estimation;
using HandMeshEngine.Systems;

namespace HandMeshEngine.Verification;

/// <summary>Runs a system's networks on two backends with the same drawn image and compares every named value, stage by stage.</summary>
public static class DeviceComparison
{
    /// <summary>Largest difference of float32 plans, as a share of a value's largest magnitude.</summary>
    public const double Float32Share = 2e-4;

    /// <summary>Largest difference of float16 plans, as a share of a value's largest magnitude.</summary>
    public const double Float16Share = 3e-2;

    /// <summary>
    /// Largest difference of bf16 plans, as a share of a value's largest magnitude: eight times that of float16, whose numbers have three bits more.
    /// </summary>
    public const double BFloat16Share = Checks.BFloat16Steps * Float16Share;

    private const int Width = 640;
    private const int Height = 480;

    /// <summary>Compares.</summary>
    /// <param name="options">System, weights and variant; device and threads are those of the backends.</param>
    /// <param name="actual">What is judged, in <paramref name="precision"/>.</param>
    /// <param name="expected">What judges, in float32; the reference rounds to bf16 where <paramref name="actual"/> does.</param>
    /// <param name="precision">Number format of <paramref name="actual"/>.</param>
    /// <param name="share">Largest difference as a share of a value's largest magnitude; null takes the precision's.</param>
    /// <exception cref="CheckpointException">The weights cannot be read.</exception>
    public static VerificationReport Run(
        EstimatorOptions options, Backend actual, Backend expected, Precision precision = Precision.Float32, double? share = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        HandSystem system = HandSystems.Find(options.System);
        TensorMap weights = EstimatorWeights.Load(system, options);
        Tolerance tolerance = Tolerance.OfMax(share ?? precision switch
        {
            Precision.Float16 => Float16Share,
            Precision.BFloat16 => BFloat16Share,
            _ => Float32Share,
        });
        var comparisons = new List<TensorComparison>();
        foreach (SystemNetwork network in system.Networks(weights, options, hands: 1))
        {
            OpGraph graph = network.Graph;
            using Session judged = Computed(network, actual, precision);
            using Session judge = Computed(network, expected, precision == Precision.BFloat16 && expected.Name == "reference" ? precision : Precision.Float32);
            foreach ((string name, int id) in graph.Taps.Concat(graph.Outputs).OrderBy(value => value.Value).DistinctBy(value => value.Key))
            {
                Node node = graph.Nodes[id];
                float[] values = judged.Output(name).ToArray();
                comparisons.Add(Comparing.Compare(
                    node.Stage, name, "chain", i => values[i], Tensor.From(node.Type.Shape, judge.Output(name)), tolerance));
            }
        }

        return new VerificationReport($"a drawn image, against {expected.Name}", system.Id, actual.Description, comparisons);
    }

    private static Session Computed(SystemNetwork network, Backend backend, Precision precision)
    {
        Session session = backend.Open(network.Graph, new SessionOptions { Precision = precision, Observe = ["*"] });
        try
        {
            network.Aim(session, Width, Height);
            session.Run(new ImageView(Synth.Image("verify", Height, Width), Width, Height, 3 * Width, PixelFormat.Rgb));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
