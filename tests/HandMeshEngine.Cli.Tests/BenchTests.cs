using System.Xml.Linq;

namespace HandMeshEngine.Cli.Tests;

/// <summary>What the numbers are called and whether they fit together; never how large they are.</summary>
public sealed class BenchTests
{
    private static readonly string[] _quick = ["--device", "cpu", "--threads", "1", "--duration", "0.05"];

    [Fact]
    public void A_benchmark_names_its_machine_keeps_every_sample_and_says_what_limits()
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["bench", "--system", "mobrecon", .. _quick]);

        Assert.True(exitCode == 0, errors);
        output = CommandRunner.Unwrap(output);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("mobrecon (stand-in weights) on cpu: 1 thread", lines[0], StringComparison.Ordinal);
        Assert.Matches("logical processors; GPU and driver: none used; .*load average .* before, .* after", lines[1]);
        Assert.Matches("ms +p50 +p90 +p99 +p99.9 +max +min +samples +spread of p50", lines[2]);
        Assert.Matches("^what limits: .*multiply-adds, .* MB; ceilings .* GFLOP/s, .* GB/s", lines[^1]);
        Assert.Matches("\\nend_to_end .*\\nafter_pause ", output);
        Assert.Matches("their sum is [0-9]+ % of the mean of end_to_end", output);
        Assert.Contains("start: open ", output);
        Assert.Contains("memory: plans ", output);
    }

    [Fact]
    public void The_numbers_of_one_report_fit_together()
    {
        using JsonDocument json = Report("--variant", "lite");
        JsonElement root = json.RootElement, times = root.GetProperty("times").GetProperty("end_to_end");
        double[] order = [.. new[] { "min", "p50", "p90", "p99", "p99.9", "max" }.Select(name => times.GetProperty(name).GetDouble())];
        double sum = root.GetProperty("stages").EnumerateObject().Sum(stage => stage.Value.GetDouble());
        double steps = root.GetProperty("steps").EnumerateArray().Sum(step => step.GetProperty("microseconds").GetDouble()) / 1000;
        double parts = root.GetProperty("limits").EnumerateObject().Sum(part => part.Value.GetDouble());

        Assert.Equal(order.Order(), order);
        Assert.True(times.GetProperty("count").GetInt32() >= 10);
        Assert.InRange(times.GetProperty("p50").GetDouble(), times.GetProperty("lowestMedian").GetDouble(), times.GetProperty("highestMedian").GetDouble());
        Assert.InRange(times.GetProperty("mean").GetDouble(), order[0], order[^1]);
        Assert.True(root.GetProperty("times").TryGetProperty("after_pause", out _));
        Assert.InRange(root.GetProperty("machine").GetProperty("others").GetDouble(), 0, 1);
        Assert.Equal(root.GetProperty("stageSum").GetDouble(), sum, sum * 1e-9);
        Assert.Equal(sum, steps + root.GetProperty("stages").GetProperty("host").GetDouble(), sum * 1e-9);
        Assert.Equal(sum, parts, sum * 1e-6);
        Assert.Contains(root.GetProperty("steps").EnumerateArray(), step => step.GetProperty("network").GetString() == "hand" && step.GetProperty("runs").GetDouble() == 2);
    }

    [Fact]
    public void A_photo_adds_the_boundary_from_its_bytes_and_more_streams_add_a_rate()
    {
        using JsonDocument json = Report("--photo", Workspace.Photo, "--streams", "2", "--batch", "2");

        Assert.True(json.RootElement.GetProperty("times").TryGetProperty("photo_to_mesh", out _));
        Assert.Equal(2, json.RootElement.GetProperty("perSecond").EnumerateObject().Count(rate => rate.Value.GetDouble() > 0));
    }

    [Fact]
    public void Two_reports_are_compared_boundary_by_boundary()
    {
        using var work = new Workspace();
        (_, string old, _) = CommandRunner.Run(["bench", "--system", "mobrecon", "--json", .. _quick]);
        File.WriteAllText(work["old.json"], old);

        (int exitCode, string output, string errors) = CommandRunner.Run(["bench", "--system", "mobrecon", "--compare", work["old.json"], "--chart", work["stages.svg"], .. _quick]);

        Assert.True(exitCode == 0, errors);
        Assert.Matches(@"end_to_end: p50 [0-9.]+ -> [0-9.]+ ms, p99 .*(no difference beyond the spread|times as fast|times as slow)", CommandRunner.Unwrap(output));
        XDocument chart = XDocument.Load(work["stages.svg"]);
        Assert.Contains(chart.Descendants(), element => element.Value == "stack2");
    }

    [Fact]
    public void A_report_of_another_system_is_not_compared()
    {
        using var work = new Workspace();
        File.WriteAllText(work["old.json"], """{"system": "handar (stand-in weights)", "machine": {}, "times": {}}""");
        File.WriteAllText(work["other.json"], """{"weather": "fine"}""");

        (int exitCode, _, string errors) = CommandRunner.Run(["bench", "--system", "mobrecon", "--compare", work["old.json"], .. _quick]);
        (int otherCode, _, string otherErrors) = CommandRunner.Run(["bench", "--system", "mobrecon", "--compare", work["other.json"], .. _quick]);

        Assert.Equal((3, 3), (exitCode, otherCode));
        Assert.Contains("is a benchmark of handar (stand-in weights), not of mobrecon", errors);
        Assert.Contains("is no output of handmesh bench --json", otherErrors);
    }

    [Theory]
    [InlineData("--duration must be", "--duration", "0")]
    [InlineData("--batch must be", "--batch", "0")]
    [InlineData("--streams must be", "--streams", "1000")]
    [InlineData("--empty-cache is about compiled kernels", "--empty-cache")]
    public void Arguments_that_make_no_sense_get_one_sentence(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = CommandRunner.Run(["bench", "--device", "cpu", "--system", "mobrecon", .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors);
    }

    [Theory]
    [InlineData(4, "there is no such folder", "--chart", "nowhere/c.svg")]
    [InlineData(4, "this is a folder", "--chart", ".")]
    [InlineData(3, "--compare nowhere.json: this cannot be read as JSON (there is no such file)", "--compare", "nowhere.json")]
    [InlineData(3, "there is no such file; check the path", "--photo", "nowhere.jpg")]
    [InlineData(1, "no hand is found in the built-in photo: give another photo, or --box", "--system", "mediapipe-hand", "--box", "0,0,1,1")]
    public void What_would_spoil_the_report_is_said_before_anything_is_measured(int expected, string sentence, params string[] arguments)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["bench", "--device", "cpu", "--duration", "3600", .. arguments]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(sentence, errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Empty(output);
    }

    [Fact]
    public void A_profile_lists_every_step_and_its_trace_adds_up()
    {
        using var work = new Workspace();
        (int exitCode, string output, string errors) = CommandRunner.Run(["profile", "--variant", "lite", "--trace", work["trace.json"], .. _quick]);

        Assert.True(exitCode == 0, errors);
        Assert.Contains("palm: palm.backbone", output);
        Assert.Matches(@"  warpnormalize .*", output);
        Assert.Contains("% of ceiling", output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(work["trace.json"]));
        JsonElement[] events = [.. json.RootElement.GetProperty("traceEvents").EnumerateArray().Where(e => e.GetProperty("ph").GetString() == "X")];
        double Row(int row) => events.Where(e => e.GetProperty("tid").GetInt32() == row).Sum(e => e.GetProperty("dur").GetDouble());
        Assert.Equal(Row(1), Row(2), Row(1) * 1e-9);
        Assert.Contains(events, e => e.GetProperty("name").GetString() == "hand.heads");
        Assert.All(events, e => Assert.NotEmpty(e.GetProperty("name").GetString()!));
        foreach (IGrouping<int, JsonElement> row in events.GroupBy(e => e.GetProperty("tid").GetInt32()))
        {
            double end = 0;
            Assert.All(row, e =>
            {
                Assert.Equal(end, e.GetProperty("ts").GetDouble(), 1e-6);
                end = e.GetProperty("ts").GetDouble() + e.GetProperty("dur").GetDouble();
            });
        }
    }

    private static JsonDocument Report(params string[] arguments)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["bench", "--json", .. arguments, .. _quick]);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output);
    }
}
