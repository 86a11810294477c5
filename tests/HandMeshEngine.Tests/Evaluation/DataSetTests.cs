using System.Text.Json;
using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;
using HandMeshEngine.Evaluation.Report;

namespace HandMeshEngine.Tests.Evaluation;

/// <summary>Tiny data sets in every layout (tools/make-evaluation-fixtures.py), with truth in our order, metres and axes beside them.</summary>
public sealed class DataSetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handmesh-evaluation");

    public static TheoryData<string> Kinds => [.. EvaluationSet.Kinds];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_layout_is_read_into_our_order_unit_and_axes(string kind)
    {
        Vector3d[][] expected = StoredCases.Read("sets/truth").GetProperty(kind).Images();
        EvaluationImage[] images = [.. Open(kind).Read()];

        Assert.Equal(expected.Length, images.Length);
        Assert.Equal(images.Length, Open(kind).CheckFiles());
        for (int i = 0; i < images.Length; i++)
        {
            Assert.All(expected[i].Zip(images[i].Joints!), pair => Assert.InRange((pair.First - pair.Second).Length, 0, 2e-6));
            Assert.NotNull(images[i].Camera);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_shift_of_ten_millimetres_is_found_exactly_and_vanishes_when_aligned(string kind)
    {
        EvaluationSet set = Open(kind);
        HandPrediction[] shifted = [.. set.Read().Select(image => new HandPrediction(image.Id, Shifted(image.Joints!), Shifted(image.Vertices ?? [])))];

        var report = EvaluationReport.Compare(set, shifted);

        Assert.Equal(shifted.Length, report.Found);
        AssertMean(report, "cs_joints", 10);
        AssertMean(report, "rr_joints", 0);
        AssertMean(report, "pa_joints", 0);
        if (set.Read().First().Vertices is not null)
        {
            AssertMean(report, "cs_vertices", 10);
            AssertMean(report, "pa_vertices", 0);
        }
    }

    [Fact]
    public void RHD_takes_the_hand_with_the_larger_mask_and_its_validity()
    {
        EvaluationImage[] images = [.. Open("rhd").Read()];

        Assert.Equal([Handedness.Right, Handedness.Left], images.Select(image => image.Handedness!.Value));
        Assert.All(images, image => Assert.Equal(8, Array.IndexOf(image.Valid!, false)));
    }

    [Fact]
    public void The_crop_camera_of_Ge_et_al_is_the_original_camera_seen_through_the_crop()
    {
        EvaluationImage image = Open("ge").Read().First();

        Assert.Equal(923.648 * 256 / 300, image.Camera!.Fx, 1e-9);
        Assert.Equal((362.336 - 200) * 256 / 300, image.Camera.Cy, 1e-9);
        Assert.True(image.BoxIsCrop);
        Assert.Equal(0.05, image.BoneLength);
    }

    [Theory]
    [InlineData("freihand")]
    [InlineData("ho3d")]
    public void A_challenge_file_holds_the_sets_own_order_and_axes_and_reads_back(string kind)
    {
        EvaluationSet set = Open(kind);
        HandPrediction[] predictions = [.. set.Read().Select((image, i) => i == 1
            ? new HandPrediction(image.Id, [], [], "no hand found")
            : new HandPrediction(image.Id, image.Joints!, image.Vertices!))];
        string file = Path.Combine(_folder.FullName, "pred.json");

        ChallengeFile.Write(file, set, predictions);
        HandPrediction[] back = [.. PredictionSource.Open(file, set)];

        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(file));
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(set.Source, "evaluation_xyz.json")));
        Vector3d[] first = written.RootElement[0][0].Points(), expected = truth.RootElement[0].Points();
        Assert.All(first.Zip(expected), pair => Assert.InRange((pair.First - pair.Second).Length, 0, 1e-9));
        Assert.All(written.RootElement[0][1].Points(), point => Assert.Equal(default, point));
        Assert.Equal(predictions.Select(p => p.IsFound), back.Select(p => p.IsFound));
        Assert.Equal(predictions[0].Joints, back[0].Joints);
        Assert.Equal(predictions[0].Vertices, back[0].Vertices);
    }

    [Theory]
    [InlineData("freihand", "evaluation_xyz.json", 1000, "millimetres")]
    [InlineData("freihand", "evaluation_xyz.json", 100, "centimetres")]
    [InlineData("ho3d", "evaluation_xyz.json", 1000, "millimetres")]
    public void A_wrong_unit_is_named(string kind, string file, double factor, string unit)
    {
        string set = CopyOf(kind);
        using (JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(set, file))))
        {
            File.WriteAllText(Path.Combine(set, file), JsonSerializer.Serialize(
                truth.RootElement.EnumerateArray().Select(image => image.Points().Select(p => new[] { p.X * factor, p.Y * factor, p.Z * factor }))));
        }

        DataSetException error = Assert.Throws<DataSetException>(() => EvaluationSet.Open(kind, set).CheckFiles());

        Assert.Contains(unit, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Joints_in_another_order_are_named()
    {
        string set = CopyOf("freihand");
        File.Copy(Path.Combine(Folder("ho3d"), "evaluation_xyz.json"), Path.Combine(set, "evaluation_xyz.json"), overwrite: true);

        DataSetException error = Assert.Throws<DataSetException>(() => EvaluationSet.Open("freihand", set).CheckFiles());

        Assert.Contains("another order", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_picture_is_named_before_anything_runs()
    {
        string set = CopyOf("freihand");
        File.Delete(Path.Combine(set, "evaluation", "rgb", "00000001.jpg"));

        DataSetException error = Assert.Throws<DataSetException>(() => EvaluationSet.Open("freihand", set).CheckFiles());

        Assert.Contains("00000001.jpg", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[[NaN, 0, 0]]]", "not a number")]
    [InlineData("[[[0, 0]]]", "a number of joints")]
    [InlineData("[[[0, 0, 0]]]", "1 joints where 21")]
    [InlineData("[[[0, 0, 0", "damaged")]
    [InlineData("{}", "an array of joints")]
    public void A_damaged_file_of_truth_is_refused_with_its_place(string content, string named)
    {
        string set = CopyOf("freihand");
        File.WriteAllText(Path.Combine(set, "evaluation_xyz.json"), content);

        DataSetException error = Assert.Throws<DataSetException>(() => EvaluationSet.Open("freihand", set).CheckFiles());

        Assert.Contains("evaluation_xyz.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_that_is_not_finite_or_missing_is_refused()
    {
        EvaluationSet set = Open("list");
        HandPrediction[] whole = [.. set.Read().Select(image => new HandPrediction(image.Id, image.Joints!, []))];
        HandPrediction[] broken = [whole[0], whole[1] with { Joints = [.. whole[1].Joints.Skip(1), new Vector3d(double.NaN, 0, 0)] }];

        Assert.Contains("not finite", Assert.Throws<DataSetException>(() => EvaluationReport.Compare(set, broken)).Message, StringComparison.Ordinal);
        Assert.Contains("pictures/1.png", Assert.Throws<DataSetException>(() => EvaluationReport.Compare(set, whole[..1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"file\":\"pictures/0.png\",\"colour\":1}", "'colour'")]
    [InlineData("{\"camera\":[1,1,0,0]}", "'file' is missing")]
    [InlineData("{\"file\":\"pictures/0.png\",\"camera\":[1,1,0]}", "'camera' has 3 numbers")]
    [InlineData("{\"file\":\"pictures/0.png\",\"handedness\":\"both\"}", "'handedness'")]
    [InlineData("{\"file\":\"pictures/0.png\",\"rootDepth\":-1}", "'rootDepth'")]
    [InlineData("not json", "line 2")]
    public void A_bad_line_of_a_list_is_named(string line, string named)
    {
        string list = Path.Combine(CopyOf("list"), "list.jsonl");
        File.WriteAllText(list, File.ReadLines(list).First() + "\n" + line + "\n");

        DataSetException error = Assert.Throws<DataSetException>(() => EvaluationSet.Open("list", list).CheckFiles());

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_engines_predictions_are_compared_and_the_first_difference_is_named()
    {
        EvaluationSet set = Open("freihand");
        HandPrediction[] ours = [.. set.Read().Select(image => new HandPrediction(image.Id, image.Joints!, image.Vertices!))];
        HandPrediction[] theirs = [ours[0], ours[1] with { Vertices = [.. ours[1].Vertices[..^1], ours[1].Vertices[^1] + new Vector3d(0, 0.002, 0)] }, ours[2]];

        PredictionComparison same = PredictionComparison.Of(ours, ours, 0), other = PredictionComparison.Of(ours, theirs, 0.5);

        Assert.Null(same.FirstBeyond);
        Assert.Equal(1, other.Beyond);
        Assert.Equal(2, other.LargestMm, 1e-9);
        Assert.Equal("00000001: vertex 11 differs by 2 mm", other.FirstBeyond);
    }

    [Fact]
    public void A_log_that_was_cut_off_keeps_its_whole_lines_and_refuses_another_run()
    {
        EvaluationSet set = Open("freihand");
        string header = PredictionLog.Header("freihand", "handdgp", "a"), log = Path.Combine(_folder.FullName, "log.jsonl");
        HandPrediction[] whole = [.. set.Read().Select(image => new HandPrediction(image.Id, image.Joints!, image.Vertices!))];
        string text = string.Join('\n', [header, .. whole.Select(PredictionLog.Line)]) + "\n";
        File.WriteAllText(log, text[..^30]);

        long bytes = PredictionLog.WholeBytes(log, header, out int images);

        Assert.Equal(2, images);
        Assert.Equal(text[..(int)bytes], string.Join('\n', [header, .. whole[..2].Select(PredictionLog.Line)]) + "\n");
        Assert.Equal(whole[..2].Select(p => p.Id), PredictionLog.Read(log).Select(p => p.Id));
        Assert.Throws<DataSetException>(() => PredictionLog.WholeBytes(log, PredictionLog.Header("freihand", "handdgp", "b"), out _));
    }

    private static string Folder(string kind) => Path.Combine(CaseFolders.Repository!, "tests", "parity", "evaluation", "sets", kind);

    private static EvaluationSet Open(string kind) => EvaluationSet.Open(kind, kind == "list" ? Path.Combine(Folder(kind), "list.jsonl") : Folder(kind));

    private static Vector3d[] Shifted(Vector3d[] points) => [.. points.Select(p => p + new Vector3d(0.01, 0, 0))];

    private static void AssertMean(EvaluationReport report, string metric, double expectedMm) =>
        Assert.Equal(expectedMm, report.Metrics.Single(m => m.Name == metric).MeanMm, 1e-4);

    private string CopyOf(string kind)
    {
        string copy = Path.Combine(_folder.FullName, kind);
        foreach (string file in Directory.EnumerateFiles(Folder(kind), "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Folder(kind), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
