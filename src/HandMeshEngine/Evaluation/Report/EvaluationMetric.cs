namespace HandMeshEngine.Evaluation.Report;

/// <summary>One kind of error over a whole set.</summary>
/// <param name="Name">Short name in files, for example <c>pa_joints</c>.</param>
/// <param name="Title">In words.</param>
/// <param name="MeanMm">Mean over the points of their means over the images, millimetres.</param>
/// <param name="MedianMm">Mean over the points of their medians, millimetres; null where none is kept.</param>
/// <param name="Curves">PCK curves, one for each convention of the set.</param>
public sealed record EvaluationMetric(string Name, string Title, double MeanMm, double? MedianMm, IReadOnlyList<PckCurve> Curves);

/// <summary>A PCK curve.</summary>
/// <param name="Thresholds">Its convention.</param>
/// <param name="Shares">Share of points at or below each threshold, 0 to 1.</param>
public sealed record PckCurve(PckThresholds Thresholds, double[] Shares)
{
    /// <summary>Area under the curve, 0 to 1.</summary>
    public double Auc => Thresholds.Area(Shares);
}
