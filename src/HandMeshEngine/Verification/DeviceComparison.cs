using HandMeshEngine.Cameras;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Estimation;
using HandMeshEngine.Systems;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Verification;

/// <summary>Runs a system's networks on two backends with the same drawn image and compares every named value, stage by stage.</summary>
public static class DeviceComparison
{
    /// <summary>Largest difference of float32 plans, as a share of a value's largest magnitude.</summary>
    public const double Float32Share = 2e-4;

    /// <summary>Largest difference of float16 plans, as a share of a value's largest magnitude.</summary>
    public const double Float16Share = 3e-2;

    private const int Width = 640;
    private const int Height = 480;

    /// <summary>Compares.</summary>
    /// <param name="options">System, weights and variant; device and threads are those of the backends.</param>
    /// <param name="actual">What is judged, in <paramref name="precision"/>.</param>
    /// <param name="expected">What judges, in float32.</param>
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
        Tolerance tolerance = Tolerance.OfMax(share ?? (precision == Precision.Float16 ? Float16Share : Float32Share));
        var comparisons = new List<TensorComparison>();
        foreach ((OpGraph graph, Action<Session> prepare) in Networks(system, weights, options))
        {
            using Session judged = Computed(graph, prepare, actual, precision);
            using Session judge = Computed(graph, prepare, expected, Precision.Float32);
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

    private static IEnumerable<(OpGraph Graph, Action<Session> Prepare)> Networks(HandSystem system, TensorMap weights, EstimatorOptions options)
    {
        if (system.Id == HandSystems.DefaultId)
        {
            Crop whole = HandCrops.WholeImage(Width, Height, 0);
            yield return (PalmDetector.Build(weights), session => Write(session, whole.Sampling(PalmDetector.InputSize)));
            yield return (HandLandmarks.Build(weights, crops: 1), session => Write(session, whole.Sampling(HandLandmarks.InputSize)));
            yield break;
        }

        HandModel model = HandModels.Create(system.Id, weights, options.VirtualCamera);
        var view = new HandView(Camera.Guess(Width, Height).Intrinsics, new HandBox(200, 120, 240, 240), RootDepth: 0.5, HandScale: 0.05);
        yield return (model.Build(batch: 1), session => model.Prepare(view, session, 0));
    }

    private static void Write(Session session, in Affine2 sampling) => sampling.ToMatrix().CopyTo(session.Input<double>("matrix"));

    private static Session Computed(OpGraph graph, Action<Session> prepare, Backend backend, Precision precision)
    {
        Session session = backend.Open(graph, new SessionOptions { Precision = precision, Observe = ["*"] });
        try
        {
            prepare(session);
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
