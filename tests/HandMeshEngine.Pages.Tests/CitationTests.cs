using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>What comments cite exists: <c>docs/systems/handdgp.md 3.6</c> is a page and a section of it.</summary>
public sealed partial class CitationTests
{
    [Fact]
    public void Every_page_and_section_that_a_source_file_cites_exists()
    {
        var wrong = new List<string>();
        int cited = 0;
        foreach (string file in SourceTree.Sources)
        {
            foreach (Match match in Citation().Matches(Unwrapped(SourceTree.Read(file))))
            {
                string page = match.Groups["page"].Value;
                string[] sections = match.Groups["sections"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                cited += Math.Max(1, sections.Length);
                if (!File.Exists(SourceTree.InRepository(page)))
                {
                    wrong.Add($"{file} cites {page}, which does not exist");
                }
                else
                {
                    HashSet<string> present = Page.Load(page).Sections;
                    wrong.AddRange(sections.Where(section => !present.Contains(section)).Select(section => $"{file} cites {page} {section}, which has no such section"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(cited >= 60, $"only {cited} citations were found");
    }

    [Fact]
    public void No_source_file_cites_what_is_not_in_the_repository()
    {
        IEnumerable<string> wrong =
            from file in SourceTree.Sources
            where !file.EndsWith(nameof(CitationTests) + ".cs", StringComparison.Ordinal)
            from Match match in Elsewhere().Matches(Unwrapped(SourceTree.Read(file)))
            select $"{file}: {match.Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_readme_that_a_source_file_names_exists()
    {
        IEnumerable<string> wrong =
            from file in SourceTree.Sources
            from Match match in Readme().Matches(SourceTree.Read(file))
            let path = match.Value
            where !File.Exists(SourceTree.InRepository(path)) && !File.Exists(SourceTree.InRepository(Path.Combine("tests", path)))
            select $"{file} names {path}";

        Assert.Empty(wrong);
    }

    // A citation may be broken over two lines of a comment.
    private static string Unwrapped(string text) => LineBreak().Replace(text, " ");

    [GeneratedRegex(@"(?<page>docs/[\w/-]+\.md)(?: (?<sections>\d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*)\b)?")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\b[Ss]pec (?:handdgp|mobrecon|graphhand|handar|inceptiongraph|pixelaligned|mediapipe|section|appendix|\d)[\w.-]*", RegexOptions.None)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\b(?:tests/)?parity/[a-z-]+/README\.md")]
    private static partial Regex Readme();

    [GeneratedRegex(@"\r?\n\s*(?:///|//|#|\*)?\s*")]
    private static partial Regex LineBreak();
}
