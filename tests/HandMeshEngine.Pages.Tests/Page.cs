using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>A Markdown page as GitHub shows it: its links, the anchors of its headings, and the numbers of its sections.</summary>
internal sealed partial class Page
{
    private Page(string text)
    {
        string[] lines = [.. OutsideBlocks(text)];
        Links = [.. lines.SelectMany(line => Link().Matches(InlineCode().Replace(line, "")).Select(match => match.Groups[1].Value))];
        string[] headings = [.. lines.Where(line => Heading().IsMatch(line)).Select(line => line.TrimStart('#').Trim())];
        Anchors = [.. AnchorsOf(headings)];
        Sections = [.. headings.Select(heading => SectionNumber().Match(heading)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
    }

    /// <summary>Targets of the links, as written.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>What may stand behind the # of a link.</summary>
    public HashSet<string> Anchors { get; }

    /// <summary>"3", "3.6" and so on, of headings that begin with a number.</summary>
    public HashSet<string> Sections { get; }

    public static Page Load(string file) => new(SourceTree.Read(file));

    private static IEnumerable<string> OutsideBlocks(string text)
    {
        bool inside = false;
        foreach (string line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside;
            }
            else if (!inside)
            {
                yield return line.TrimEnd('\r');
            }
        }
    }

    private static IEnumerable<string> AnchorsOf(IEnumerable<string> headings)
    {
        var seen = new Dictionary<string, int>();
        foreach (string heading in headings)
        {
            string shown = LinkText().Replace(heading, "$1").Replace("`", "", StringComparison.Ordinal);
            string anchor = NoAnchor().Replace(shown.ToLowerInvariant(), "").Replace(' ', '-');
            int count = seen[anchor] = seen.GetValueOrDefault(anchor, -1) + 1;
            yield return count == 0 ? anchor : $"{anchor}-{count}";
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(\d+(?:\.\d+)*)\.? ")]
    private static partial Regex SectionNumber();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
