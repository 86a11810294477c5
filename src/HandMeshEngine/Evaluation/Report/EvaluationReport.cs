using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>
/// A set's predictions against its truth: every metric of docs/evaluation.md, image by image and over the set. Images without a hand are
/// counted, left out of the means, and enter the challenge's scores as zeros.
/// </summary>
public sealed class EvaluationReport
{
    private readonly SetStatistics _statistics;
    private readonly ChallengeScores? _scores;
    private readonly SilhouetteStatistics? _silhouettes;

    private EvaluationReport(EvaluationSet set, int[]? faces)
    {
        Set = set;
        _silhouettes = faces is { Length: > 0 } ? new SilhouetteStatistics(faces) : null;
        _statistics = new SetStatistics(set.Curves);
        _scores = set.HasChallenge ? new ChallengeScores(set.IsOpenGl) : null;
    }

    /// <summary>What was evaluated.</summary>
    public EvaluationSet Set { get; }

    /// <summary>Errors of each image, in the set's order.</summary>
    public IReadOnlyList<ImageErrors> Images { get; private set; } = [];

    /// <summary>Images with a hand.</summary>
    public int Found { get; private set; }

    /// <summary>True if the set says where the hands really are.</summary>
    public bool HasTruth { get; private set; }

    /// <summary>Images whose best alignment mirrors the joints: a sign of swapped sides that aligned errors do not show.</summary>
    public int Mirrored => _statistics.Mirrored;

    /// <summary>The challenge's own scores; null if the set has no challenge, no truth, or no mesh was predicted.</summary>
    public ChallengeScores? Scores => _scores is { Images: > 0 } && _scores.Images == Images.Count ? _scores : null;

    /// <summary>How the meshes cover the set's masks; null if the set has none or the faces are not known.</summary>
    public SilhouetteStatistics? Silhouettes => _silhouettes is { Images: > 0 } ? _silhouettes : null;

    /// <summary>Mean, median and areas of each kind of error that the set allows.</summary>
    public IReadOnlyList<EvaluationMetric> Metrics { get; private set; } = [];

    /// <summary>Compares predictions with the truth; both in the set's order.</summary>
    /// <param name="set">The truth.</param>
    /// <param name="predictions">One for each of its images.</param>
    /// <param name="faces">Three vertex indices a triangle of the predicted meshes; silhouettes are compared only with them.</param>
    /// <exception cref="DataSetException">A prediction is missing, belongs to another image, is not finite, or does not fit the faces.</exception>
    /// <exception cref="Images.ImageException">A mask cannot be read.</exception>
    public static EvaluationReport Compare(EvaluationSet set, IEnumerable<HandPrediction> predictions, int[]? faces = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(predictions);
        var report = new EvaluationReport(set, faces);
        var images = new List<ImageErrors>();
        using IEnumerator<HandPrediction> next = predictions.GetEnumerator();
        foreach (EvaluationImage image in set.Read())
        {
            if (!next.MoveNext() || next.Current.Id != image.Id)
            {
                throw new DataSetException(set.Source, $"the predictions lack image '{image.Id}' (number {images.Count}); predict the whole set, in its order");
            }

            images.Add(report.Add(image, next.Current));
        }

        report.Images = images;
        report.Metrics = report.Summarize();
        return report;
    }

    /// <summary>
    /// A number of this report by the name that <see cref="PublishedScore.Metric"/> uses: a mean in millimetres, a mean of the images' shares,
    /// or, after a full stop, the area under one of the set's curves. Null if the report lacks it.
    /// </summary>
    public double? Value(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        string[] parts = metric.Split('.');
        if (Metrics.FirstOrDefault(each => each.Name == parts[0]) is { } found)
        {
            return parts.Length == 1 ? found.MeanMm : found.Curves.FirstOrDefault(curve => curve.Thresholds.Name == parts[1])?.Auc;
        }

        Func<ImageErrors, double>? of = ImageErrors.Metrics.FirstOrDefault(each => each.Name == metric).Of;
        double[] values = of is null ? [] : [.. Images.Select(of).Where(value => !double.IsNaN(value))];
        return values.Length > 0 ? values.Average() : null;
    }

    private static void RequireFinite(HandPrediction prediction, EvaluationSet set)
    {
        if (!prediction.Joints.All(p => p.IsFinite) || !prediction.Vertices.All(p => p.IsFinite))
        {
            throw new DataSetException(set.Source, $"the prediction for image '{prediction.Id}' is not finite (NaN or infinity); mend it, or give zeros for no hand");
        }
    }

    private ImageErrors Add(EvaluationImage image, HandPrediction prediction)
    {
        RequireFinite(prediction, Set);
        HasTruth |= image.Joints is not null || image.Vertices is not null;
        Found += prediction.IsFound ? 1 : 0;
        if (_scores is not null && image.Joints is { } joints && image.Vertices is { } vertices && (prediction.Vertices.Length > 0 || !prediction.IsFound))
        {
            Vector3d[] estimated = prediction.IsFound ? prediction.Joints : new Vector3d[HandMesh.JointCount];
            _scores.Add(joints, vertices, estimated, prediction.IsFound ? prediction.Vertices : new Vector3d[vertices.Length]);
        }

        if (!prediction.IsFound)
        {
            return ImageErrors.Missing(image.Id, prediction.Problem);
        }

        ImageErrors errors = ImageErrors.Of(image, prediction, _statistics);
        return _silhouettes?.Add(image, prediction) is { } seen ? errors with { Overlap = seen.Overlap, HausdorffPx = seen.HausdorffPx } : errors;
    }

    private List<EvaluationMetric> Summarize()
    {
        var metrics = new List<EvaluationMetric>();
        Put(metrics, "cs_joints", "joints, camera space", _statistics.Joints);
        Put(metrics, "rr_joints", "joints, root-relative", _statistics.JointsRootRelative);
        Put(metrics, "pa_joints", "joints, aligned", _statistics.JointsAligned);
        Put(metrics, "cs_vertices", "vertices, camera space", _statistics.Vertices);
        Put(metrics, "pa_vertices", "vertices, aligned", _statistics.VerticesAligned);
        return metrics;
    }

    private void Put(List<EvaluationMetric> metrics, string name, string title, SetStatistics.Series? series)
    {
        if (series is not { Statistics: { Images: > 0 } statistics })
        {
            return;
        }

        metrics.Add(new EvaluationMetric(
            name,
            title,
            1000 * statistics.Mean,
            series.HasMedian ? 1000 * statistics.Median : null,
            [.. Set.Curves.Select(thresholds => new PckCurve(thresholds, statistics.Curve(thresholds)))]));
    }
}
