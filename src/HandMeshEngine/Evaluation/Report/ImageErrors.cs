using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>The errors of one image, millimetres; NaN where something has no truth or no prediction.</summary>
/// <param name="Id">The image's id.</param>
/// <param name="IsFound">There was a prediction.</param>
/// <param name="Problem">Why not, or empty.</param>
/// <param name="Joints">Mean error of the valid joints in camera space (CS-MJE).</param>
/// <param name="JointsRootRelative">The same, wrist on wrist (RR).</param>
/// <param name="JointsAligned">The same after similarity alignment (PA).</param>
/// <param name="Vertices">Mean error of the vertices in camera space (CS-MVE, mesh error).</param>
/// <param name="VerticesAligned">The same after similarity alignment.</param>
/// <param name="F5">F-score at 5 mm, 0 to 1.</param>
/// <param name="F15">F-score at 15 mm.</param>
/// <param name="F5Aligned">F-score at 5 mm of the aligned vertices.</param>
/// <param name="F15Aligned">F-score at 15 mm of the aligned vertices.</param>
public sealed record ImageErrors(
    string Id,
    bool IsFound,
    string Problem,
    double Joints,
    double JointsRootRelative,
    double JointsAligned,
    double Vertices,
    double VerticesAligned,
    double F5,
    double F15,
    double F5Aligned,
    double F15Aligned)
{
    private static readonly double[] _thresholds = [0.005, 0.015];

    /// <summary>Intersection over union of true and predicted silhouette, 0 to 1.</summary>
    public double Overlap { get; init; } = double.NaN;

    /// <summary>Hausdorff distance of the silhouettes' rims at the 95th percentile, pixels.</summary>
    public double HausdorffPx { get; init; } = double.NaN;

    /// <summary>The metrics by the names that tables and files use.</summary>
    public static IReadOnlyList<(string Name, Func<ImageErrors, double> Of)> Metrics { get; } =
    [
        ("cs_joints_mm", e => e.Joints),
        ("rr_joints_mm", e => e.JointsRootRelative),
        ("pa_joints_mm", e => e.JointsAligned),
        ("cs_vertices_mm", e => e.Vertices),
        ("pa_vertices_mm", e => e.VerticesAligned),
        ("f_5", e => e.F5),
        ("f_15", e => e.F15),
        ("pa_f_5", e => e.F5Aligned),
        ("pa_f_15", e => e.F15Aligned),
        ("iou", e => e.Overlap),
        ("hausdorff_px", e => e.HausdorffPx),
    ];

    internal static ImageErrors Missing(string id, string problem) =>
        new(id, false, problem, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Compares one prediction with the truth, and adds the distances to statistics.</summary>
    internal static ImageErrors Of(EvaluationImage image, HandPrediction prediction, SetStatistics statistics)
    {
        ImageErrors errors = Missing(image.Id, string.Empty) with { IsFound = true };
        if (image.Joints is { } joints)
        {
            errors = errors.WithJoints(joints, prediction.Joints, image.Valid, statistics);
        }

        return image.Vertices is { } vertices && prediction.Vertices.Length > 0
            ? errors.WithVertices(image, vertices, prediction, statistics)
            : errors;
    }

    private ImageErrors WithJoints(Vector3d[] truth, Vector3d[] estimate, bool[]? valid, SetStatistics statistics)
    {
        double[] distances = new double[truth.Length];
        PointErrors.Distances(truth, estimate, distances);
        double raw = statistics.Joints.Take(distances, valid);

        Vector3d[] relative = [.. estimate], trueRelative = [.. truth];
        PointErrors.SubtractRoot(relative, estimate[0]);
        PointErrors.SubtractRoot(trueRelative, truth[0]);
        PointErrors.Distances(trueRelative, relative, distances);
        double rootRelative = statistics.JointsRootRelative.Take(distances, valid);

        // Alignment uses the joints that count.
        Vector3d[] some = Valid(truth, valid), estimated = Valid(estimate, valid), aligned = new Vector3d[truth.Length];
        double alignedMean = double.NaN;
        if (some.Length > 0)
        {
            SimilarityAlignment alignment = SimilarityAlignment.Find(some, estimated);
            statistics.Mirrored += alignment.Mirrors ? 1 : 0;
            alignment.Apply(estimate, aligned);
            PointErrors.Distances(truth, aligned, distances);
            alignedMean = statistics.JointsAligned.Take(distances, valid);
        }

        return this with { Joints = raw, JointsRootRelative = rootRelative, JointsAligned = alignedMean };
    }

    private ImageErrors WithVertices(EvaluationImage image, Vector3d[] truth, HandPrediction prediction, SetStatistics statistics)
    {
        Vector3d[] aligned = new Vector3d[prediction.Vertices.Length];
        double raw = double.NaN, alignedMean = double.NaN;
        if (truth.Length == prediction.Vertices.Length)
        {
            double[] distances = new double[truth.Length];
            PointErrors.Distances(truth, prediction.Vertices, distances);
            raw = statistics.VerticesOf(truth.Length).Take(distances, null);
            SimilarityAlignment.Find(truth, prediction.Vertices).Apply(prediction.Vertices, aligned);
            PointErrors.Distances(truth, aligned, distances);
            alignedMean = statistics.VerticesAlignedOf(truth.Length).Take(distances, null);
        }
        else if (image.Joints is { } joints)
        {
            SimilarityAlignment.Find(joints, prediction.Joints).Apply(prediction.Vertices, aligned);
        }
        else
        {
            return this;
        }

        double[] f = new double[2], fAligned = new double[2];
        FScore.Compute(truth, prediction.Vertices, _thresholds, f);
        FScore.Compute(truth, aligned, _thresholds, fAligned);
        return this with { Vertices = raw, VerticesAligned = alignedMean, F5 = f[0], F15 = f[1], F5Aligned = fAligned[0], F15Aligned = fAligned[1] };
    }

    private static Vector3d[] Valid(Vector3d[] points, bool[]? valid) => valid is null ? points : [.. points.Where((_, i) => valid[i])];
}
