using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;
using HandMeshEngine.Evaluation.Report;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>Everything that an evaluation leaves in its folder.</summary>
internal static class EvaluationFiles
{
    /// <summary>The table as JSON.</summary>
    public const string Report = "evaluation.json";

    private const int Worst = 12;

    /// <summary>Writes the files.</summary>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Write(
        string folder, EvaluationReport report, IEnumerable<HandPrediction> predictions, IReadOnlyList<KeyValuePair<string, string>> facts, HandSystem? system)
    {
        var written = new List<string>();
        string Path(string name)
        {
            written.Add(name);
            return System.IO.Path.Combine(folder, name);
        }

        ReportFiles.WriteJson(Path(Report), report, facts, system?.Published);
        ReportFiles.WriteCsv(Path("images.csv"), report);
        if (report.Set.HasChallenge)
        {
            string challenge = Path("pred.json");
            ChallengeFile.Write(challenge, report.Set, predictions);
            ChallengeFile.Zip(challenge, Path("pred.zip"));
        }

        if (report.Scores is { } scores)
        {
            AtomicFile.Write(Path("scores.txt"), stream => stream.Write(Encoding.UTF8.GetBytes(scores.ToText())));
        }

        if (report.Metrics.Count > 0)
        {
            foreach (HandMeshEngine.Evaluation.Metrics.PckThresholds curve in report.Set.Curves)
            {
                string svg = PckChart.Draw(report.Metrics, curve);
                AtomicFile.Write(Path($"pck.{curve.Name}.svg"), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
            }

            RgbImage? sheet = DrawWorst(report, predictions);
            if (sheet is not null)
            {
                PngFile.SaveDrawing(Path("worst.png"), sheet);
            }
        }

        return written;
    }

    private static RgbImage? DrawWorst(EvaluationReport report, IEnumerable<HandPrediction> predictions)
    {
        Dictionary<string, double> worst = report.Images
            .Where(image => image.IsFound && !double.IsNaN(image.Joints))
            .OrderByDescending(image => image.Joints)
            .Take(Worst)
            .ToDictionary(image => image.Id, image => image.Joints, StringComparer.Ordinal);
        if (worst.Count == 0)
        {
            return null;
        }

        (EvaluationImage Image, HandPrediction Prediction, double ErrorMm)[] cases =
        [
            .. report.Set.Read().Zip(predictions)
                .Where(pair => worst.ContainsKey(pair.First.Id))
                .Select(pair => (pair.First, pair.Second, worst[pair.First.Id])),
        ];
        return ContactSheet.Draw([.. cases.OrderByDescending(c => c.ErrorMm)]);
    }
}
