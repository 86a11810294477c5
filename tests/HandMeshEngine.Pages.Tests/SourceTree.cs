namespace HandMeshEngine.Pages.Tests;

/// <summary>The files of the repository, without what builds and tools leave behind.</summary>
internal static class SourceTree
{
    private static readonly string _root = RepositoryFolder.Require();

    private static readonly HashSet<string> _leftBehind =
        ["bin", "obj", "out", ".git", ".cache", ".vs", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "__pycache__", "_site", "api"];

    /// <summary>Paths relative to the repository, with slashes, in order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Below(new DirectoryInfo(_root)).Order(StringComparer.Ordinal)];

    /// <summary>The pages: every Markdown file.</summary>
    public static IEnumerable<string> Pages => Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Code: C#, kernels, Python, and scripts, which have no extension.</summary>
    public static IEnumerable<string> Sources => Files.Where(file => IsSource(file) && !file.EndsWith(".g.cs", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(InRepository(file));

    public static string InRepository(string file) => Path.Combine(_root, file);

    private static bool IsSource(string file) => Path.GetExtension(file) is ".cs" or ".cu" or ".cuh" or ".py"
        || (Path.GetExtension(file).Length == 0 && StartsAs(file, "#!"));

    private static bool StartsAs(string file, string text)
    {
        using StreamReader reader = File.OpenText(InRepository(file));
        return reader.Peek() == text[0] && reader.ReadLine()!.StartsWith(text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(DirectoryInfo folder) => folder.EnumerateFiles()
        .Select(file => Path.GetRelativePath(_root, file.FullName).Replace('\\', '/'))
        .Concat(folder.EnumerateDirectories().Where(child => !_leftBehind.Contains(child.Name) && child.LinkTarget is null).SelectMany(Below));
}
