using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>docs/plan-text.md is about the plans that tests/golden holds.</summary>
public sealed partial class PlanTextTests
{
    private const string Page = "docs/plan-text.md";

    [Fact]
    public void Every_line_of_an_example_is_a_line_of_a_golden_plan()
    {
        HashSet<string> golden = [.. Golden("*-plan-*").SelectMany(File.ReadLines)];
        string[] examples = [.. MarkdownBlocks.Of(Page, "text").SelectMany(block => block)];

        Assert.True(examples.Length >= 8);
        Assert.Empty(examples.Except(golden));
    }

    [Fact]
    public void Every_step_of_a_plan_of_the_CPU_is_in_the_legend()
    {
        string page = SourceTree.Read(Page);
        string[] steps = [.. Golden("cpu-plan-*").SelectMany(File.ReadLines).SelectMany(line => Step().Matches(line)).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(steps.Length >= 20);
        Assert.All(steps, step => Assert.Matches($"`{step}[ `]", page));
    }

    private static IEnumerable<string> Golden(string pattern) => Directory.EnumerateFiles(SourceTree.InRepository("tests/golden"), pattern);

    [GeneratedRegex(@"^  %\d+ ([a-z]\w*)")]
    private static partial Regex Step();
}
