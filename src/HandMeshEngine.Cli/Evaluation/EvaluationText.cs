using HandMeshEngine.Evaluation.Metrics;
using HandMeshEngine.Evaluation.Report;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>An evaluation as a table for people.</summary>
internal static class EvaluationText
{
    public static void Write(TextWriter writer, EvaluationReport report, HandSystem? system)
    {
        int missing = report.Images.Count - report.Found;
        writer.WriteLine($"{report.Set.Kind}  {report.Images.Count} images, a hand in {report.Found}{(missing > 0 ? $" ({missing} without; the means leave them out)" : string.Empty)}");
        if (report.Images.FirstOrDefault(image => !image.IsFound) is { } lost)
        {
            writer.WriteLine($"  the first without is {lost.Id}: {lost.Problem}");
        }

        if (report.Set.Conventions.Length > 0)
        {
            writer.WriteLine($"  {report.Set.Conventions}");
        }

        if (report.Silhouettes is { } silhouettes)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  silhouettes of {silhouettes.Images} images: overlap {silhouettes.Overlap:0.0000} (hand and background {silhouettes.ClassOverlap:0.0000}), rims {silhouettes.HausdorffPx:0.00} px apart (Hausdorff, 95 %)"));
        }

        if (!report.HasTruth)
        {
            writer.WriteLine("  the set holds no true joints: predictions were made, no distance was measured");
            return;
        }

        var table = new TextTable(["millimetres", "mean", "median", .. report.Set.Curves.Select(curve => curve.Name)]);
        foreach (EvaluationMetric metric in report.Metrics)
        {
            table.Add([metric.Title, Number(metric.MeanMm, "0.00"), metric.MedianMm is { } median ? Number(median, "0.00") : string.Empty, .. metric.Curves.Select(curve => Number(curve.Auc, "0.000"))]);
        }

        table.WriteTo(writer, "  ");
        if (report.Scores is { } scores)
        {
            writer.WriteLine("  as the challenge's script prints it (cm; images without a hand are zeros)");
            var official = new TextTable("score", "value");
            foreach ((string key, double value) in scores.Read())
            {
                official.Add(key, value.ToString("F3", CultureInfo.InvariantCulture));
            }

            official.WriteTo(writer, "    ");
        }

        if (report.Mirrored > 0)
        {
            writer.WriteLine($"  note: in {report.Mirrored} images the best alignment mirrors the hand; sides may be swapped, which aligned errors do not show");
        }

        if (system is not null)
        {
            WritePublished(writer, report, system);
        }
    }

    private static void WritePublished(TextWriter writer, EvaluationReport report, HandSystem system)
    {
        PublishedScore[] scores = [.. system.Published.Where(score => score.DataSet == report.Set.Kind)];
        if (scores.Length == 0)
        {
            writer.WriteLine($"  published for {system.Id}: {system.Accuracy}");
            return;
        }

        var table = new TextTable($"published for {system.Id}", "published", "here", "difference", "of");
        foreach (PublishedScore score in scores)
        {
            double? here = report.Value(score.Metric);
            string format = score.Value < 1 ? "0.000" : "0.00";
            table.Add(
                score.Metric,
                Number(score.Value, format),
                here is { } value ? Number(value, format) : "-",
                here is { } other ? Number(other - score.Value, $"+{format};-{format}") : string.Empty,
                score.Of);
        }

        table.WriteTo(writer, "  ");
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
