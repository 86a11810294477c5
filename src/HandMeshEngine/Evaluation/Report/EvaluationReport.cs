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

    private EvaluationReport(EvaluationSet set)
    {
        Set = set;
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

    /// <summary>Mean, median and areas of each kind of error that the set allows.</summary>
    public IReadOnlyList<EvaluationMetric> Metrics { get; private set; } = [];

    /// <summary>Compares predictions with the truth; both in the set's order.</summary>
    /// <exception cref="DataSetException">A prediction is missing, belongs to another image, or is not finite.</exception>
    public static EvaluationReport Compare(EvaluationSet set, IEnumerable<HandPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(predictions);
        var report = new EvaluationReport(set);
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

        return prediction.IsFound ? ImageErrors.Of(image, prediction, _statistics) : ImageErrors.Missing(image.Id, prediction.Problem);
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
