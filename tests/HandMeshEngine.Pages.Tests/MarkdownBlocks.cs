namespace HandMeshEngine.Pages.Tests;

/// <summary>The fenced blocks of a page.</summary>
internal static class MarkdownBlocks
{
    /// <summary>The lines of each block of a language, in order.</summary>
    public static List<string[]> Of(string page, string language)
    {
        var blocks = new List<string[]>();
        List<string>? open = null;
        foreach (string line in File.ReadAllLines(SourceTree.InRepository(page)))
        {
            if (open is null && line == "```" + language)
            {
                open = [];
            }
            else if (open is not null && line == "```")
            {
                blocks.Add([.. open]);
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }

        return blocks;
    }
}
