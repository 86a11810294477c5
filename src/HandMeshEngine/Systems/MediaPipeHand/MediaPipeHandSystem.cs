using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;
using HandMeshEngine.Estimation;
using HandMeshEngine.Rig;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// The default system (docs/systems/mediapipe-hand.md): palm detector and landmark network, lifted to camera space, with a rigged
/// mesh. Its networks also find the hands for every other system.
/// </summary>
internal sealed class MediaPipeHandSystem : HandSystem
{
    /// <summary>The variant that runs both landmark networks (docs/systems/mediapipe-hand.md 4.7).</summary>
    internal const string Both = "both";

    /// <summary>The smaller networks.</summary>
    internal const string Small = "lite";

    private MediaPipeHandSystem()
    {
    }

    /// <summary>The system; the other ones ask it for hands.</summary>
    public static MediaPipeHandSystem Instance { get; } = new();

    /// <inheritdoc/>
    public override string Id => "mediapipe-hand";

    /// <inheritdoc/>
    public override string Title => "MediaPipe Hands networks, camera-space lift and rigged mesh";

    /// <inheritdoc/>
    public override string Paper => "Zhang et al., MediaPipe Hands: On-device Real-time Hand Tracking, 2020";

    /// <inheritdoc/>
    public override string Accuracy =>
        "583 real images of Ge et al.: joints 8.6 mm after Procrustes; camera space 24.9 mm mean with an adult's hand size, 30.3 mm with the network's own";

    /// <inheritdoc/>
    public override string Speed => "none published for the whole chain with a mesh; docs/performance.md has what was measured here";

    /// <inheritdoc/>
    public override IReadOnlyList<PublishedScore> Published { get; } =
    [
        new("ge", "pa_joints", 8.6, "measured by this project"),
        new("ge", "cs_joints", 30.3, "measured by this project"),
    ];

    /// <inheritdoc/>
    public override string Terms => "shipped with the engine: networks Apache-2.0 (Google), rig MIT (Amazon)";

    /// <inheritdoc/>
    public override int InputSize => HandLandmarks.InputSize;

    /// <inheritdoc/>
    public override Handedness TrainedHand => Handedness.Right;

    /// <inheritdoc/>
    public override SystemNeeds Needs => SystemNeeds.None;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Variants { get; } = ["full", Small];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Combinations { get; } = [Both];

    /// <inheritdoc/>
    public override bool TakesBox => false;

    /// <inheritdoc/>
    public override bool ShipsWithWeights => true;

    /// <inheritdoc/>
    internal override string Licence =>
        "Apache-2.0, Copyright Google LLC / The MediaPipe Authors; see weights/LICENSE-APACHE-2.0.txt and weights/NOTICE";

    /// <inheritdoc/>
    internal override IReadOnlyList<CaseKind> Cases { get; } =
    [
        new("palm.raw_boxes", MediaPipeHandChecks.Run) { Faces = FacesOf },
        new("world_raw", MediaPipeHandGeometryChecks.RunClip),
    ];

    /// <inheritdoc/>
    internal override WeightManifest Manifest(string variant) => MediaPipeHandManifest.Of(Id, RequireVariant(variant));

    /// <inheritdoc/>
    internal override ConversionResult Convert(IReadOnlyList<string> checkpoints, IReadOnlyList<string> tables, CheckpointLimits limits) => tables.Count == 0
        ? MediaPipeHandConversion.Convert(this, checkpoints)
        : throw new ArgumentException($"{Id} takes no tables", nameof(tables));

    /// <inheritdoc/>
    internal override TensorMap StandIn(string? variant, string seed) =>
        throw new ArgumentException($"{Id} ships with its weights and has no stand-ins; leave the weights out, or name a file");

    /// <inheritdoc/>
    internal override TensorMap CaseWeights(ReferenceCase reference, string? seed) =>
        seed is null ? EstimatorWeights.LoadShipped(this, variant: null) : StandIn(null, seed);

    /// <inheritdoc/>
    internal override IEnumerable<SystemNetwork> Networks(TensorMap weights, EstimatorOptions options, int hands)
    {
        yield return new SystemNetwork(
            "palm", PalmDetector.Build(weights), static (session, width, height) => LookAt(session, width, height, PalmDetector.InputSize));
        yield return new SystemNetwork("hand", HandLandmarks.Build(weights, crops: hands), LookAtHand);
        if (options.Variant == Both)
        {
            yield return new SystemNetwork("hand-lite", HandLandmarks.Build(EstimatorWeights.LoadShipped(this, Small), crops: hands), LookAtHand);
        }
    }

    /// <inheritdoc/>
    internal override HandPipeline Open(TensorMap weights, Backend backend, EstimatorOptions options) =>
        new LandmarkPipeline(backend, weights, options);

    private static void LookAtHand(Session session, int width, int height) => LookAt(session, width, height, HandLandmarks.InputSize);

    private static void LookAt(Session session, int width, int height, int size)
    {
        Span<double> matrices = session.Input<double>("matrix");
        for (int at = 0; at < matrices.Length; at += 9)
        {
            HandCrops.WholeImage(width, height, 0).Sampling(size).ToMatrix().CopyTo(matrices[at..]);
        }
    }

    private static int[] FacesOf(ReferenceCase reference)
    {
        bool isRight = reference.Tensors.TryGet("hand0.rig_is_right", out Tensor? right) && right[0] == 1;
        return (isRight ? HandRig.Right : HandRig.Left).Surface.Faces.ToArray();
    }
}
