using System.Text.RegularExpressions;

namespace HandMeshEngine.Tests.Rooms;

/// <summary>docs/architecture.md says which backend makes which fusion.</summary>
public sealed partial class FusionTableTests
{
    private const string Backends = "src/HandMeshEngine.Compute/Backends/";
    private const string Fusions = "src/HandMeshEngine.Compute/Planning/Fusions";

    [Fact]
    public void The_table_says_which_backend_makes_which_fusion()
    {
        string page = File.ReadAllText(Path.Combine(CaseFolders.Repository!, "docs/architecture.md"));
        Match[] rows = Row().Matches(page).ToArray();
        Assert.Superset(Searches().ToHashSet(), rows.Select(row => row.Groups[1].Value).ToHashSet());
        foreach (Match row in rows)
        {
            string search = row.Groups[1].Value, why = row.Groups[4].Value;
            Assert.True(Uses("Cpu", search) == (row.Groups[2].Value == "yes"), $"{search} on the CPU: {row.Value}");
            Assert.True(Uses("Cuda", search) == (row.Groups[3].Value == "yes"), $"{search} on CUDA: {row.Value}");
            Assert.True(why.Trim().Length > 0 || !row.Value.Contains("| no |", StringComparison.Ordinal), $"{search} is missing in a backend without a reason");
        }
    }

    private static bool Uses(string backend, string search)
    {
        var name = new Regex($@"\b{search}\.|new {search}\b");
        return Sources(Backends + backend).Any(name.IsMatch);
    }

    private static IEnumerable<string> Searches() => Sources(Fusions).SelectMany(text => Search().Matches(text).Select(match => match.Groups[1].Value));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(CaseFolders.Repository!, folder), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"^\| `(\w+)` \| (yes|no) \| (yes|no) \|(.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^internal (?:static|sealed) class (\w+)(?=[\s\S]*?\b(?:Find|Fused)\()", RegexOptions.Multiline)]
    private static partial Regex Search();
}
