using System.Globalization;
using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>bench/results is as its README says, and what pages quote of it is in it.</summary>
public sealed partial class ResultTests
{
    private const string Folder = "bench/results/";
    private const string ColdStart = Folder + "epyc2-cold-start.md";

    private static IEnumerable<string> Results => SourceTree.Files
        .Where(file => file.StartsWith(Folder, StringComparison.Ordinal) && file != Folder + "README.md")
        .Select(file => file[Folder.Length..]);

    [Fact]
    public void Every_result_is_named_after_its_machine_and_linked()
    {
        string readme = SourceTree.Read(Folder + "README.md");
        string[] machines = [.. Machine().Matches(readme).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(machines);
        Assert.All(Results, result => Assert.Contains(machines, machine => result.StartsWith(machine + "-", StringComparison.Ordinal)));
        Assert.All(Results, result => Assert.Contains($"]({result})", readme));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/performance.md")]
    public void The_time_of_a_prediction_is_the_measured_one(string page)
    {
        string quoted = WholePrediction().Match(SourceTree.Read(page)).Groups[1].Value;
        double measured = Number(RgbToVertices().Match(SourceTree.Read(ColdStart)).Groups[1].Value);

        Assert.Equal(quoted, measured.ToString("0.0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Times_of_files_and_of_the_start_are_the_measured_ones()
    {
        string page = SourceTree.Read("docs/performance.md").ReplaceLineEndings(" "), results = SourceTree.Read(ColdStart);
        double[] files = [.. PhotoRow().Matches(results).Select(match => Number(match.Groups[1].Value)).Order()];
        double[] starts = [.. StartLine().Matches(results).Select(match => Number(match.Groups[1].Value) / 1000)];

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"from the JPEG's bytes {files[0]:0.0} to {files[^1]:0.0} ms"), page);
        Assert.Equal(4, starts.Length);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{starts[..2].Max():0.00} s, published {starts[2..].Max():0.00} s"), page);
        Assert.Contains($"at most {PeakMemory().Matches(results).Max(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))} MiB", page);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `([\w-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Machine();

    [GeneratedRegex(@"(?:default system needs|system takes) ([\d.]+) ms")]
    private static partial Regex WholePrediction();

    [GeneratedRegex(@"RGB to vertices p50 ([\d.]+)")]
    private static partial Regex RgbToVertices();

    [GeneratedRegex(@"^\| \w+\.jpg \|[^|]*\|[^|]*\| ([\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex PhotoRow();

    [GeneratedRegex(@"^first \d+ ms; then min \d+, p50 (\d+),", RegexOptions.Multiline)]
    private static partial Regex StartLine();

    [GeneratedRegex(@"peak memory (\d+) MiB")]
    private static partial Regex PeakMemory();
}
