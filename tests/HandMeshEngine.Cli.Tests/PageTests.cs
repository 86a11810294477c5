using HandMeshEngine.Cli.Output;

namespace HandMeshEngine.Cli.Tests;

/// <summary>What people read fits a terminal.</summary>
public sealed partial class PageTests
{
    private static readonly string _weights = Path.Combine(AppContext.BaseDirectory, "weights", "mediapipe-hand-lite.safetensors");
    private static readonly string[] _quick = ["--variant", "lite", "--device", "cpu", "--threads", "1", "--duration", "0.05"];

    [Theory]
    [InlineData(80, "systems")]
    [InlineData(100, "systems")]
    [InlineData(80, "doctor")]
    [InlineData(80, "inspect", "{weights}")]
    [InlineData(80, "inspect", "{weights}", "--plan", "--device", "cpu")]
    [InlineData(100, "inspect", "{weights}", "--plan", "--device", "cpu")]
    [InlineData(80, "bench", "{quick}")]
    [InlineData(100, "bench", "{quick}")]
    [InlineData(80, "profile", "{quick}")]
    [InlineData(100, "profile", "{quick}")]
    [InlineData(80, "profile", "{quick}", "--full")]
    [InlineData(80, "verify", "--against", "reference", "--device", "cpu", "--variant", "lite")]
    public void Every_line_fits_the_page(int columns, params string[] arguments)
    {
        string[] words = [.. arguments.SelectMany(word => word == "{quick}" ? _quick : [word.Replace("{weights}", _weights, StringComparison.Ordinal)])];
        (int exitCode, string output, string errors) = CommandRunner.RunOnPage(columns, words);

        Assert.True(exitCode == 0, errors);
        Assert.True(output.Split('\n').Length > 4);
        // A path cannot be broken: it has a line to itself.
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= columns || !line.Trim().Contains(' '), line));
    }

    [Fact]
    public void Without_a_terminal_the_page_has_100_columns()
    {
        (int exitCode, string output, _) = CommandRunner.Run(["profile", .. _quick]);

        Assert.Equal(0, exitCode);
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void A_stage_has_the_sum_of_its_steps()
    {
        (_, string output, _) = CommandRunner.Run(["profile", .. _quick]);
        double sum = 0, stage = 0;
        int steps = 0;
        foreach (string line in output.Split('\n').SkipWhile(line => !line.StartsWith("palm: palm.backbone", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("palm: palm.heads", StringComparison.Ordinal)))
        {
            double microseconds = double.Parse(Microseconds().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
            if (line[0] != ' ')
            {
                stage = microseconds;
            }
            else
            {
                sum += microseconds;
                steps++;
            }
        }

        Assert.True(steps > 5);
        Assert.Equal(stage, sum, 0.06 * steps);
    }

    [Fact]
    public void Sorted_by_time_the_slowest_come_first_and_top_counts_the_others()
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["profile", "--sort", "time", "--top", "5", .. _quick]);

        Assert.True(exitCode == 0, errors);
        double[] stages = [.. output.Split('\n').Where(line => StageLine().IsMatch(line)).Select(Time)];
        double[] steps = [.. output.Split('\n').Where(line => StepLine().IsMatch(line) && !line.Contains(" other step", StringComparison.Ordinal)).Select(Time)];
        Assert.Equal(6, stages.Length);
        Assert.Equal(stages.OrderDescending(), stages);
        Assert.Equal(5, steps.Length);
        Assert.Matches("  [0-9]+ other steps? ", output);
    }

    [Fact]
    public void The_plan_is_printed_only_on_demand()
    {
        (_, string brief, _) = CommandRunner.Run(["profile", .. _quick]);
        (_, string full, _) = CommandRunner.Run(["profile", "--full", .. _quick]);

        Assert.DoesNotContain(" tile ", brief);
        Assert.Matches("#1 warpnormalize .* bilinear ", CommandRunner.Unwrap(full));
        Assert.Contains(" tile ", full);
    }

    [Theory]
    [InlineData("--sort alphabet is neither order nor time", "--sort", "alphabet")]
    [InlineData("--top 0 must be at least 1", "--top", "0")]
    public void A_wrong_order_or_count_gets_one_sentence(string sentence, params string[] arguments)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(["profile", .. _quick, .. arguments]);

        Assert.Equal((2, string.Empty), (exitCode, output));
        Assert.Contains(sentence, errors);
    }

    [Theory]
    [InlineData("export", "--out")]
    [InlineData("export", "-o")]
    [InlineData("export", "--output")]
    [InlineData("export", "--onnx")]
    [InlineData("predict", "--out")]
    [InlineData("predict", "-o")]
    [InlineData("predict", "--output")]
    public void Every_verb_takes_out_and_the_spellings_of_before(string verb, string spelling)
    {
        using var work = new Workspace();
        (int exitCode, _, string errors) = verb == "export"
            ? CommandRunner.Run("export", spelling, work["results"], "--variant", "lite")
            : CommandRunner.Run("predict", Workspace.Photo, spelling, work["results"], "--variant", "lite", "--device", "cpu", "--no-overlay");

        Assert.True(exitCode == 0, errors);
        Assert.True(File.Exists(work["results"]) || File.Exists(Path.Combine(work["results"], "pointing.glb")));
    }

    [Theory]
    [InlineData("export", "--out and --onnx name the same thing; give --out alone", "--out", "a", "--onnx", "b")]
    [InlineData("export", "Option '--out' is required")]
    public void One_result_has_one_place(string verb, string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = CommandRunner.Run([verb, .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors);
    }

    [Fact]
    public void Help_names_only_the_spelling_to_use()
    {
        (_, string output, _) = CommandRunner.Run("export", "--help");

        Assert.Contains("-o, --out <FILE>", output);
        Assert.DoesNotContain("--onnx", output);
        Assert.DoesNotContain("--output", output);
    }

    [Fact]
    public void Text_breaks_at_blanks_and_keeps_its_indent()
    {
        var writer = new StringWriter { NewLine = "\n" };
        string text = "  " + string.Join(' ', Enumerable.Repeat("word", 30)) + " " + new string('x', 150) + " end";
        Page.Write(writer, text, 4);
        string[] lines = writer.ToString().TrimEnd().Split('\n');

        Assert.StartsWith("  word", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.Equal(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), writer.ToString().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static double Time(string line) => double.Parse(Microseconds().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(" +([0-9]+[.][0-9]) ")]
    private static partial Regex Microseconds();

    [GeneratedRegex("^  .* ([0-9.]+ +){5}")]
    private static partial Regex StepLine();

    [GeneratedRegex("^(palm|hand): ")]
    private static partial Regex StageLine();
}
