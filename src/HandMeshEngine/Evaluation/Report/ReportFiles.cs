using System.Text.Json;

namespace HandMeshEngine.Evaluation.Report;

/// <summary>A report as files for programs: everything as JSON, an image a row as CSV.</summary>
public static class ReportFiles
{
    /// <summary>Writes every metric, curve and convention, and the errors of each image.</summary>
    /// <param name="path">Receives the file, whole or not at all.</param>
    /// <param name="report">What to write.</param>
    /// <param name="facts">What was run: names and values that identify the system, its weights and the device.</param>
    /// <param name="published">Numbers to put beside those of the report; those of other sets are left out.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteJson(
        string path, EvaluationReport report, IReadOnlyList<KeyValuePair<string, string>> facts, IReadOnlyList<PublishedScore>? published = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(facts);
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            json.WriteString("dataset", report.Set.Kind);
            json.WriteString("conventions", report.Set.Conventions);
            json.WriteStartObject("run");
            foreach ((string name, string value) in facts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteNumber("images", report.Images.Count);
            json.WriteNumber("found", report.Found);
            json.WriteNumber("missing", report.Images.Count - report.Found);
            json.WriteNumber("mirrored", report.Mirrored);
            WriteMetrics(json, report);
            if (report.Scores is { } scores)
            {
                json.WriteStartObject("challenge_scores");
                foreach ((string key, double value) in scores.Read())
                {
                    json.WriteNumber(key, value);
                }

                json.WriteEndObject();
            }

            WriteSilhouettes(json, report);
            WritePublished(json, report, published ?? []);
            WriteImages(json, report);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes one row an image: id, found, every metric (empty where there is none), and why no hand was found.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteCsv(string path, EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            text.Write("id,found");
            foreach ((string name, _) in ImageErrors.Metrics)
            {
                text.Write("," + name);
            }

            text.Write(",problem\n");
            foreach (ImageErrors image in report.Images)
            {
                text.Write($"{Quoted(image.Id)},{(image.IsFound ? 1 : 0)}");
                foreach ((_, Func<ImageErrors, double> of) in ImageErrors.Metrics)
                {
                    double value = of(image);
                    text.Write("," + (double.IsNaN(value) ? string.Empty : value.ToString("R", CultureInfo.InvariantCulture)));
                }

                text.Write($",{Quoted(image.Problem)}\n");
            }
        });
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void WriteMetrics(Utf8JsonWriter json, EvaluationReport report)
    {
        json.WriteStartObject("metrics");
        foreach (EvaluationMetric metric in report.Metrics)
        {
            json.WriteStartObject(metric.Name);
            json.WriteNumber("mean_mm", metric.MeanMm);
            if (metric.MedianMm is { } median)
            {
                json.WriteNumber("median_mm", median);
            }

            foreach (PckCurve curve in metric.Curves)
            {
                json.WriteStartObject(curve.Thresholds.Name);
                json.WriteNumber("auc", curve.Auc);
                WriteNumbers(json, "thresholds_m", curve.Thresholds.Values);
                WriteNumbers(json, "pck", curve.Shares);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSilhouettes(Utf8JsonWriter json, EvaluationReport report)
    {
        if (report.Silhouettes is { } silhouettes)
        {
            json.WriteStartObject("silhouettes");
            json.WriteNumber("images", silhouettes.Images);
            json.WriteNumber("both_empty", silhouettes.Empty);
            json.WriteNumber("iou", silhouettes.Overlap);
            json.WriteNumber("iou_classes", silhouettes.ClassOverlap);
            json.WriteNumber("hausdorff_px", silhouettes.HausdorffPx);
            json.WriteEndObject();
        }
    }

    private static void WritePublished(Utf8JsonWriter json, EvaluationReport report, IReadOnlyList<PublishedScore> published)
    {
        json.WriteStartArray("published");
        foreach (PublishedScore score in published.Where(score => score.DataSet == report.Set.Kind))
        {
            json.WriteStartObject();
            json.WriteString("metric", score.Metric);
            json.WriteNumber("published", score.Value);
            if (report.Value(score.Metric) is { } here)
            {
                json.WriteNumber("here", here);
            }

            json.WriteString("of", score.Of);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteImages(Utf8JsonWriter json, EvaluationReport report)
    {
        json.WriteStartArray("per_image");
        foreach (ImageErrors image in report.Images)
        {
            json.WriteStartObject();
            json.WriteString("id", image.Id);
            json.WriteBoolean("found", image.IsFound);
            if (image.Problem.Length > 0)
            {
                json.WriteString("problem", image.Problem);
            }

            foreach ((string name, Func<ImageErrors, double> of) in ImageErrors.Metrics)
            {
                if (!double.IsNaN(of(image)))
                {
                    json.WriteNumber(name, of(image));
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
