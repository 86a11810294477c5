using HandMeshEngine.Images;

namespace HandMeshEngine.Cli.Tests;

/// <summary><c>handmesh evaluate</c> over the tiny data sets of tests/parity/evaluation/sets.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_default_system_is_given_the_camera_alone_and_noise_has_no_hand()
    {
        (int ExitCode, string Output, string Errors) result = Run("freihand", "default");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("a hand in 0 (3 without", result.Output, StringComparison.Ordinal);
        Assert.Contains("no hand found", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_that_wants_a_box_gets_the_protocols_and_every_file_is_written()
    {
        (int ExitCode, string Output, string Errors) result = Run("freihand", "out", "--system", "mobrecon", "--weights", "random:1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("a hand in 3", result.Output, StringComparison.Ordinal);
        Assert.All(
            ["predictions.jsonl", "evaluation.json", "images.csv", "pred.json", "pred.zip", "scores.txt", "pck.auc_0_50.svg", "worst.png"],
            name => Assert.True(new FileInfo(_work[$"out/{name}"]).Length > 0, name));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work["out/evaluation.json"]));
        double mean = json.RootElement.GetProperty("metrics").GetProperty("cs_joints").GetProperty("mean_mm").GetDouble();
        double[] images = [.. json.RootElement.GetProperty("per_image").EnumerateArray().Select(image => image.GetProperty("cs_joints_mm").GetDouble())];
        Assert.Equal(mean, images.Average(), 1e-9);
        Assert.Equal(4, File.ReadAllLines(_work["out/images.csv"]).Length);
        Assert.Equal(12, File.ReadAllLines(_work["out/scores.txt"]).Length);
    }

    [Fact]
    public void Published_numbers_stand_beside_those_measured_here()
    {
        (int ExitCode, string Output, string Errors) result = Run("freihand", "out", "--system", "mobrecon", "--weights", "random:1");

        Assert.Matches("pa_joints +6\\.90 +[0-9.]+ +[+-][0-9.]+", result.Output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work["out/evaluation.json"]));
        JsonElement published = json.RootElement.GetProperty("published")[0];
        Assert.Equal(json.RootElement.GetProperty("metrics").GetProperty("pa_joints").GetProperty("mean_mm").GetDouble(), published.GetProperty("here").GetDouble());
        Assert.Equal(6.9, published.GetProperty("published").GetDouble());
    }

    [Fact]
    public void Masks_of_a_list_are_compared_with_the_silhouettes_of_the_meshes()
    {
        // A square of 0.2 m at 1 m before a camera of 10 pixels to the metre: 2 x 2 of 8 x 8 pixels, of which the mask shows 4 and 2 others.
        var mask = new RgbImage(8, 8);
        foreach ((int x, int y) in new[] { (3, 3), (4, 3), (3, 4), (4, 4), (5, 3), (5, 4) })
        {
            mask.Pixels.Slice(3 * ((y * 8) + x), 3).Fill(255);
        }

        PngFile.Save(_work["mask.png"], mask);
        string joints = string.Join(',', Enumerable.Range(0, 21).Select(j => $"[{j % 5 * 0.02},{j / 5 * 0.03},1]"));
        File.WriteAllText(_work["list.jsonl"], $"{{\"file\":\"mask.png\",\"camera\":[10,10,3.5,3.5],\"mask\":\"mask.png\"}}\n");
        File.WriteAllText(
            _work["predictions.jsonl"],
            $"{{\"handmesh.predictions\":1,\"set\":\"list evaluation 1\",\"system\":\"any\",\"weights\":\"any\"}}\n{{\"id\":\"mask.png\",\"joints\":[{joints}],\"vertices\":[[-0.09,-0.09,1],[0.09,-0.09,1],[0.09,0.09,1],[-0.09,0.09,1]]}}\n");
        string[] arguments = ["evaluate", _work["list.jsonl"], "--predictions", _work["predictions.jsonl"], "--out", _work["out"]];

        (int ExitCode, string Output, string Errors) without = CommandRunner.Run(arguments);
        Assert.Contains("no faces.json beside", CommandRunner.Unwrap(without.Errors), StringComparison.Ordinal);

        File.WriteAllText(_work["faces.json"], "[0,1,2,0,2,3]\n");
        (int ExitCode, string Output, string Errors) result = CommandRunner.Run(arguments);

        Assert.True(result.ExitCode == 0, result.Errors);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work["out/evaluation.json"]));
        Assert.Equal(4.0 / 6, json.RootElement.GetProperty("silhouettes").GetProperty("iou").GetDouble(), 1e-12);
        Assert.Equal(1, json.RootElement.GetProperty("silhouettes").GetProperty("hausdorff_px").GetDouble(), 1e-12);

        File.WriteAllText(_work["faces.json"], "[0,1]");
        Assert.Contains("no list of triangles", CommandRunner.Run(arguments).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_and_a_run_that_was_cut_off_change_no_byte()
    {
        string[] system = ["--system", "mobrecon", "--weights", "random:1"];
        Assert.Equal(0, Run("freihand", "one", system).ExitCode);
        Assert.Equal(0, Run("freihand", "two", [.. system, "--jobs", "2"]).ExitCode);
        byte[] whole = File.ReadAllBytes(_work["one/predictions.jsonl"]);
        Directory.CreateDirectory(_work["cut"]);
        File.WriteAllBytes(_work["cut/predictions.jsonl"], whole[..(whole.Length / 2)]);

        (int ExitCode, string Output, string Errors) resumed = Run("freihand", "cut", system);

        Assert.Contains("predicted before", resumed.Errors, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(_work["two/predictions.jsonl"]));
        Assert.Equal(whole, File.ReadAllBytes(_work["cut/predictions.jsonl"]));
        Assert.Equal(File.ReadAllBytes(_work["one/pred.json"]), File.ReadAllBytes(_work["two/pred.json"]));
    }

    [Fact]
    public void Another_system_does_not_go_on_in_a_folder_of_predictions()
    {
        Assert.Equal(0, Run("freihand", "out", "--system", "mobrecon", "--weights", "random:1").ExitCode);

        (int ExitCode, string Output, string Errors) other = Run("freihand", "out", "--system", "mobrecon", "--weights", "random:2");

        Assert.Equal(3, other.ExitCode);
        Assert.Contains("another set, system or weights", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_predictions_are_measured_and_compared_without_a_system()
    {
        Assert.Equal(0, Run("ho3d", "out", "--system", "mobrecon", "--weights", "random:1").ExitCode);

        (int ExitCode, string Output, string Errors) same = Run("ho3d", "again", "--predictions", _work["out/pred.json"], "--against", _work["out/predictions.jsonl"]);
        Assert.Equal(0, same.ExitCode);
        Assert.Equal(File.ReadAllText(_work["out/scores.txt"]), File.ReadAllText(_work["again/scores.txt"]));

        string lines = File.ReadAllText(_work["out/predictions.jsonl"]);
        File.WriteAllText(_work["other.jsonl"], lines.Replace("\"joints\":[[", "\"joints\":[[1", StringComparison.Ordinal));
        (int ExitCode, string Output, string Errors) other = Run("ho3d", "again", "--predictions", _work["out/pred.json"], "--against", _work["other.jsonl"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("the first is SM1/0000: joint 0 differs", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_that_are_meant_as_crops_are_not_enlarged()
    {
        File.Copy(Workspace.Photo, _work["pointing.jpg"]);
        string Line(string rest) => $$"""{"file":"pointing.jpg","camera":[640,640,239.5,319.5],"handedness":"left",{{rest}}}""";
        string[] system = ["--system", "mobrecon", "--weights", "random:1", "--device", "cpu"];
        byte[] Predicted(string name, string rest)
        {
            File.WriteAllText(_work[name + ".jsonl"], Line(rest));
            (int exitCode, _, string errors) = CommandRunner.Run(["evaluate", _work[name + ".jsonl"], "--out", _work[name], .. system]);
            Assert.True(exitCode == 0, errors);
            return File.ReadAllBytes(_work[name + "/predictions.jsonl"]);
        }

        // A box of 200 pixels grows to 260 around the same centre: given as the crop, that is the same input.
        byte[] grown = Predicted("box", "\"box\":[140,200,200,200]");
        Assert.Equal(grown, Predicted("crop", "\"box\":[110,170,260,260],\"boxIsCrop\":true"));
        Assert.NotEqual(grown, Predicted("other", "\"box\":[140,200,200,200],\"boxIsCrop\":true"));
    }

    [Theory]
    [InlineData("nothing", "no data set layout")]
    [InlineData("stb", "there is no labels/B1Counting_SK.mat")]
    public void A_folder_without_the_layout_is_refused_with_what_it_lacks(string kind, string named)
    {
        (int ExitCode, string Output, string Errors) result = CommandRunner.Run("evaluate", Set("freihand"), "--dataset", kind, "--out", _work["out"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
    }

    private static string Set(string kind) => Path.Combine(Workspace.Repository, "tests", "parity", "evaluation", "sets", kind);

    private (int ExitCode, string Output, string Errors) Run(string kind, string folder, params string[] arguments) =>
        CommandRunner.Run(["evaluate", Set(kind), "--dataset", kind, "--out", _work[folder], .. arguments]);
}
