using HandMeshEngine.Pages.Tests;

namespace HandMeshEngine.Cli.Tests;

/// <summary>The documents do what they say.</summary>
public sealed class ReadmeTests
{
    private const string FromSource = "dotnet run -c Release --project src/HandMeshEngine.Cli -- ";

    private static readonly string[] _documents = ["README.md", "docs/verify.md", "docs/plan-text.md"];

    /// <summary>The commands whose files everyone has; those about downloads stay unexecuted.</summary>
    public static TheoryData<string> Commands => [.. _documents
        .SelectMany(document => Blocks(document, "sh"))
        .SelectMany(block => block)
        .Select(line => line.Replace(FromSource, "handmesh ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("handmesh ", StringComparison.Ordinal) && !line.Split(' ').Any(IsMissing))
        .Distinct()];

    private static string InRepository(string path) => Path.Combine(Workspace.Repository, path);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_runs_as_written(string line)
    {
        using var work = new Workspace();
        string[] arguments = [.. line.Split(' ')[1..].Select(word => word == "out" ? work.Folder : word.StartsWith("out/", StringComparison.Ordinal) ? work[word[4..]]
            : File.Exists(InRepository(word)) ? InRepository(word) : word)];
        (int exitCode, string output, string errors) = CommandRunner.Run(arguments);

        Assert.True(exitCode == 0, $"{line}\n{output}{errors}");
    }

    [Fact]
    public void The_documents_hold_commands_to_run() => Assert.True(Commands.Count >= 5);

    [Fact]
    public void The_sample_is_a_program_that_is_built_and_run()
    {
        string[] program = File.ReadAllLines(InRepository("samples/PhotoToGlb/Program.cs"));

        Assert.Equal(program, Assert.Single(Blocks("README.md", "csharp")));
    }

    [Fact]
    public void The_readme_fits_a_short_reading()
    {
        string[] lines = File.ReadAllLines(InRepository("README.md"));

        Assert.InRange(lines.Length, 60, 120);
        Assert.Single(lines, line => line.StartsWith("| ---", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_system_is_in_the_table_of_systems()
    {
        string readme = File.ReadAllText(InRepository("README.md"));

        Assert.All(HandSystems.All, system => Assert.Contains($"| [`{system.Id}`](docs/systems/{system.Id}.md) |", readme));
    }

    [Fact]
    public void Every_time_in_the_table_of_speeds_is_one_of_the_result_file_that_it_names()
    {
        string page = File.ReadAllText(InRepository("docs/performance.md"));
        string name = Regex.Match(page, @"\]\(\.\./(bench/results/[^)]+-cpu-peers[^)]*)\)").Groups[1].Value;
        string[][] results = [.. Rows(File.ReadAllText(InRepository(name))).Where(row => row.Length >= 10 && row[1] is "1" or "2")];
        string[][] times = [.. Rows(page).Where(row => row.Length == 3 && row[1].Contains("x)", StringComparison.Ordinal))];

        Assert.Equal(results.Length, 2 * times.Length);
        foreach (string[] row in times)
        {
            foreach (string threads in new[] { "1", "2" })
            {
                string[] result = Assert.Single(results, result => result[0] == row[0] && result[1] == threads);
                Assert.Equal($"{result[2]} / {result[5]} ({result[8].Trim('*')})", row[int.Parse(threads, CultureInfo.InvariantCulture)]);
            }
        }

        Assert.Contains(name, File.ReadAllText(InRepository("docs/cpu-peers.svg")));
    }

    private static IEnumerable<string[]> Rows(string page) => page.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));

    [Fact]
    public void Every_verb_is_in_the_table_of_commands()
    {
        string[] table = Blocks("README.md", "text").Single(block => block[0].StartsWith("handmesh predict", StringComparison.Ordinal));
        (_, string help, _) = CommandRunner.Run("--help");
        string[] verbs = [.. help.Split('\n').SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim().Split(' ')[0]).Where(verb => verb.Length > 0)];

        Assert.True(verbs.Length >= 8, help);
        Assert.All(verbs, verb => Assert.Contains(table, line => line.StartsWith("handmesh " + verb, StringComparison.Ordinal)));
    }

    private static bool IsMissing(string word) =>
        !word.StartsWith("out/", StringComparison.Ordinal) && !word.StartsWith('-') && Path.GetExtension(word).Length > 1 && !File.Exists(InRepository(word));

    private static List<string[]> Blocks(string page, string language) => MarkdownBlocks.Of(page, language);
}
