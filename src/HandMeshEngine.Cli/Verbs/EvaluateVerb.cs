using HandMeshEngine.Cli.Evaluation;
using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;
using HandMeshEngine.Evaluation.Report;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh evaluate</c>: a paper's table from a data set.</summary>
internal static class EvaluateVerb
{
    private const string LogName = "predictions.jsonl";

    private static readonly Argument<string> _path = new("path") { Description = "The data set's folder, or the JSON Lines file of a list." };

    private static readonly Option<string> _kind = new("--dataset", "--data")
    {
        Description = $"The layout: {string.Join(", ", EvaluationSet.Kinds)} (docs/evaluation.md).",
        HelpName = "KIND",
        DefaultValueFactory = _ => "list",
    };

    private static readonly Option<string> _split = new("--split")
    {
        Description = "evaluation or training.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "evaluation",
    };

    private static readonly Option<string?> _predictions = new("--predictions")
    {
        Description = "Evaluate these stored predictions (pred.json or predictions.jsonl) instead of running a system.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> _against = new("--against")
    {
        Description = "Compare with these stored predictions, image by image; exit code 1 beyond --tolerance.",
        HelpName = "FILE",
    };

    private static readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "With --against: largest distance of a joint or vertex that counts as equal, millimetres.",
        HelpName = "MM",
        DefaultValueFactory = _ => 0.1,
    };

    private static readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Images predicted at the same time; the result does not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> _out = new("--out", "-o")
    {
        Description = "Folder for predictions, tables and pictures; a run that was stopped goes on there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "evaluation",
    };

    private static readonly JsonOption _json = new();

    public static Command Create()
    {
        var common = new CommonOptions();
        var verb = new Command("evaluate", "Runs a system over a data set and prints the table of its paper.") { _path };
        foreach (Option option in new Option[] { _kind, _split, _predictions, _against, _tolerance, _jobs, _out, _json })
        {
            verb.Options.Add(option);
        }

        common.AddTo(verb);
        verb.SetAction(parsed => Run(parsed, common));
        return verb;
    }

    private static int Run(ParseResult parsed, CommonOptions common)
    {
        int jobs = parsed.GetValue(_jobs);
        if (jobs is < 1 or > 256)
        {
            throw new ArgumentException($"--jobs {jobs} must be 1 to 256");
        }

        double tolerance = parsed.GetValue(_tolerance);
        if (!(tolerance >= 0))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--tolerance {tolerance} must be a length in millimetres, 0 or above"));
        }

        string split = parsed.GetValue(_split)!, folder = parsed.GetValue(_out)!;
        EvaluationSet set = EvaluationSet.Open(parsed.GetValue(_kind)!, parsed.GetValue(_path)!, split);
        int images = set.CheckFiles();
        OutputPath.RequireFolder("--out", folder);
        IEnumerable<HandPrediction> predictions;
        IReadOnlyList<KeyValuePair<string, string>> facts;
        HandSystem? system = null;
        int[]? faces;
        if (parsed.GetValue(_predictions) is { } stored)
        {
            predictions = PredictionSource.Open(stored, set);
            faces = FacesFile.Beside(stored);
            if (faces is null && set.Read().Any(image => image.Mask is not null))
            {
                ErrorLine.Write($"note: there is no faces.json beside {stored}, so silhouettes are not compared");
            }

            facts = [new("predictions", Path.GetFileName(stored)), new("split", split)];
        }
        else
        {
            EstimatorOptions options = common.Read(parsed);
            system = HandSystems.Find(options.System);
            string log = Path.Combine(folder, LogName);
            facts = new EvaluationRun(set, options, split, log, jobs).Predict(images);
            predictions = PredictionLog.Read(log);
            faces = FacesFile.Beside(log);
        }

        EvaluationReport report = EvaluationReport.Compare(set, predictions, faces);
        IReadOnlyList<string> written = EvaluationFiles.Write(folder, report, predictions, facts, system);
        TextWriter words = Console.Out;
        if (parsed.GetValue(_json))
        {
            Console.WriteLine(File.ReadAllText(Path.Combine(folder, EvaluationFiles.Report)).TrimEnd());
            words = Console.Error;
        }
        else
        {
            EvaluationText.Write(words, report, system);
            words.WriteLine($"  wrote {string.Join(", ", written)} in {folder}");
        }

        int found = report.Found > 0 ? ExitCode.Fine : ExitCode.No;
        return parsed.GetValue(_against) is { } other ? Math.Max(found, Compare(words, predictions, other, set, tolerance)) : found;
    }

    private static int Compare(TextWriter words, IEnumerable<HandPrediction> predictions, string other, EvaluationSet set, double tolerance)
    {
        IEnumerable<HandPrediction> theirs = PredictionSource.Open(other, set);
        EvaluationReport report = EvaluationReport.Compare(set, theirs);
        words.WriteLine($"against {other}");
        EvaluationText.Write(words, report, null);
        PredictionComparison difference = PredictionComparison.Of(predictions, theirs, tolerance);
        words.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {difference.Images} images: joints differ by {difference.MeanMm:0.####} mm on average, a point by {difference.LargestMm:0.####} mm at most"));
        if (difference.FirstBeyond is { } first)
        {
            words.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {difference.Beyond} images beyond {tolerance} mm; the first is {first}"));
            return ExitCode.No;
        }

        return ExitCode.Fine;
    }
}
