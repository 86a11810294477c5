using HandMeshEngine;
using HandMeshEngine.Bench.Accuracy;
using HandMeshEngine.Compute;
using HandMeshEngine.Export;

// Usage: accuracy [--scenes N] [--only TEXT] [--photos FOLDER] [--draws N] [--variant V] [--as-published] [--out FOLDER] [--pictures FOLDER]
// How well the default system finds, places and shapes hands that are known: renders of the rig under every condition, backdrops without
// hands, and the hands of photos in large frames. Prints a table; --out writes it with a picture, --pictures every frame with its overlay,
// --only leaves out rows whose group does not contain the text. No times: the same everywhere, but for the last bits of a processor.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int count = int.Parse(Option("--scenes") ?? "120", CultureInfo.InvariantCulture);
int draws = int.Parse(Option("--draws") ?? "4", CultureInfo.InvariantCulture);
string photos = Option("--photos") ?? "tests/photos";
string only = Option("--only") ?? string.Empty;
var options = new EstimatorOptions { Device = "cpu", Variant = Option("--variant"), AsPublished = args.Contains("--as-published") };
if (!Directory.Exists(photos))
{
    Console.Error.WriteLine($"{photos} does not exist; run this at the root of the repository, or give --photos FOLDER");
    return 2;
}

using HandEstimator estimator = HandEstimator.Open(options);
List<PhotoHand> hands = PhotoHand.Load(photos, estimator);
RgbImage[] backgrounds = [.. hands.Select(hand => hand.Background())];
Scene[] scenes = Scene.First(count, backgrounds);
var overlay = new OverlayRenderer { KeepsSize = true };
var trial = new Trial(estimator) { Watch = Option("--pictures") is { } folder ? (name, picture, result) => Save(folder, name, picture, result) : null };
var rows = new List<Row>();
foreach (Condition condition in Condition.All)
{
    Add(condition.Group, condition.Name, () => trial.Renders(scenes, condition));
    if (condition == Condition.Usual)
    {
        if (rows.Count > 0)
        {
            rows.AddRange(Split(rows[0].Judged));
        }

        Add("size", "given", () => trial.Renders(scenes, condition, person => new PredictOptions { HandSize = person.Size }));
        Add("size", "the network's", () => trial.Renders(scenes, condition, _ => new PredictOptions { UsesSizePrior = false }));
        Add("rig on true joints", condition.Name, () => Trial.Fits(scenes));
    }
}

Add("without hands", "640x480", () => trial.Empty(scenes, Condition.Usual));
Add("without hands", "1280x720", () => trial.Empty(scenes, Condition.All[1]));
foreach (Condition condition in Condition.All.Where(condition => condition.HandPixels is not null && condition.OffAxis == 0))
{
    Add("photo, " + condition.Group, condition.Name, () => trial.Pasted(hands, condition, draws));
}

string table = Report.Table(rows);
Console.Write(table);
if (Option("--out") is { } target)
{
    Directory.CreateDirectory(target);
    File.WriteAllText(Path.Combine(target, "accuracy.md"), table);
    File.WriteAllText(Path.Combine(target, "accuracy.svg"), Report.Picture([.. rows.Where(row => row.Found > 0)]));
}

return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

void Add(string group, string name, Func<IReadOnlyList<Judgement>> judge)
{
    if (group.Contains(only, StringComparison.Ordinal))
    {
        Console.Error.WriteLine($"{group}: {name}");
        rows.Add(new Row(group, name, judge()));
    }
}

IEnumerable<Row> Split(IReadOnlyList<Judgement> judged)
{
    (string, Func<Scene, string>)[] by =
    [
        ("seen from", scene => scene.Facing),
        ("fingers", scene => scene.Pose.Curl < 0.25 ? "straight" : scene.Pose.Curl < 0.6 ? "half" : "curled"),
        ("lamp", scene => scene.Lamp.Kind),
        ("behind", scene => scene.Backdrop.Kind),
    ];
    foreach ((string group, Func<Scene, string> key) in by)
    {
        foreach (IGrouping<string, int> part in Enumerable.Range(0, scenes.Length).GroupBy(i => key(scenes[i])).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            yield return new Row(group, part.Key, [.. part.Select(i => judged[i])]);
        }
    }
}

void Save(string to, string name, RgbImage picture, HandResult result)
{
    Directory.CreateDirectory(to);
    overlay.Save(Path.Combine(to, string.Concat(name.Split(' ', ',', ':', '/')) + ".png"), picture, [.. result.Hands], OverlayParts.Mesh | OverlayParts.Labels);
}
