namespace HandMeshEngine.Pages.Tests;

public sealed class LinkTests
{
    /// <summary>Every page that is shown to a reader; cases and corpora have READMEs of their own, which must resolve too.</summary>
    public static TheoryData<string> Pages => [.. SourceTree.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_of_a_page_leads_somewhere(string file)
    {
        foreach (string link in Page.Load(file).Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? file : Normal(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(parts[0])));
            string path = SourceTree.InRepository(target);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{file} links to {link}: there is no {target}");
            Assert.True(
                parts.Length == 1 || !target.EndsWith(".md", StringComparison.Ordinal) || Page.Load(target).Anchors.Contains(parts[1]),
                $"{file} links to {link}: {target} has no such heading");
        }
    }

    [Fact]
    public void Every_page_of_the_documents_is_in_their_index()
    {
        string[] linked = [.. Page.Load("docs/README.md").Links.Select(link => Normal(Path.Combine("docs", link.Split('#')[0])))];
        Assert.All(SourceTree.Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md"), page => Assert.Contains(page, linked));
    }

    [Fact]
    public void A_reader_of_the_readme_comes_to_every_page()
    {
        HashSet<string> reached = [];
        Queue<string> open = new(["README.md"]);
        while (open.TryDequeue(out string? page))
        {
            if (reached.Add(page) && page.EndsWith(".md", StringComparison.Ordinal) && File.Exists(SourceTree.InRepository(page)))
            {
                Page.Load(page).Links.ToList().ForEach(link => open.Enqueue(ReadmeOf(Normal(Path.Combine(Path.GetDirectoryName(page)!, link.Split('#')[0])))));
            }
        }

        Assert.Empty(SourceTree.Pages.Where(page => !page.StartsWith(".github/", StringComparison.Ordinal)).Except(reached));
    }

    private static string ReadmeOf(string path) => Directory.Exists(SourceTree.InRepository(path)) ? path.TrimEnd('/') + "/README.md" : path;

    private static string Normal(string path) => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", path))).Replace('\\', '/');
}
