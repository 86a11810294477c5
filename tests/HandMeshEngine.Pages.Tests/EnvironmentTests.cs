using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>docs/environment.md lists what is read, and nothing else.</summary>
public sealed partial class EnvironmentTests
{
    private const string Page = "docs/environment.md";

    private static readonly HashSet<string> _rows = [.. SourceTree.Read(Page).Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => Quoted().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value))];

    [Fact]
    public void Every_variable_that_is_read_has_a_row()
    {
        string[] read = [.. SourceTree.Sources.SelectMany(VariablesOf).Distinct().Order(StringComparer.Ordinal)];

        Assert.True(read.Length >= 15, string.Join(' ', read));
        Assert.Empty(read.Except(_rows));
    }

    [Fact]
    public void Every_row_is_a_variable_that_is_read() =>
        Assert.Empty(_rows.Except(SourceTree.Sources.SelectMany(file => Word().Matches(SourceTree.Read(file)).Select(match => match.Value))));

    [Fact]
    public void A_variable_of_ours_has_one_prefix()
    {
        // Scripts read the older name of a variable right behind the new one; the library does in one place, for all.
        IEnumerable<string> wrong =
            from file in SourceTree.Sources
            where Path.GetExtension(file) == "" || (file.StartsWith("src/", StringComparison.Ordinal) && Path.GetFileName(file) != "EnvironmentVariables.cs")
            from Match match in OlderName().Matches(SourceTree.Read(file))
            where !SourceTree.Read(file).Contains("${HANDMESH_" + match.Groups[1].Value + ":-${HME_" + match.Groups[1].Value, StringComparison.Ordinal)
            select $"{file}: {match.Value}";

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> VariablesOf(string file)
    {
        string text = SourceTree.Read(file);
        return (Path.GetExtension(file) == ".cs" ? InCode() : InScript()).Matches(text)
            .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);
    }

    // Literals of our own names, and whatever is passed to GetEnvironmentVariable.
    [GeneratedRegex("\"(HANDMESH_[A-Z_]+)\"|GetEnvironmentVariable\\(\"(\\w+)\"\\)")]
    private static partial Regex InCode();

    [GeneratedRegex(@"\b(HANDMESH_[A-Z_]+)\b")]
    private static partial Regex InScript();

    [GeneratedRegex(@"\bHME_([A-Z_]+)")]
    private static partial Regex OlderName();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9_]+\b")]
    private static partial Regex Word();
}
