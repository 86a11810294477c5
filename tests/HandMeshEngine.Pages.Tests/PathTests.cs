using System.Text.RegularExpressions;

namespace HandMeshEngine.Pages.Tests;

/// <summary>Files and folders that the maps of the repository name are there.</summary>
public sealed partial class PathTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    public void Every_path_that_a_page_names_exists(string page)
    {
        string[] paths = [.. Path().Matches(SourceTree.Read(page)).Select(match => match.Groups[1].Value).Where(path => !path.Contains("X", StringComparison.Ordinal))];

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(File.Exists(SourceTree.InRepository(path)) || Directory.Exists(SourceTree.InRepository(path)), $"{page} names {path}"));
    }

    // In code spans: `src/HandMeshEngine/HandEstimator.cs`, `tests/golden`. A capital X is a placeholder, and what a recipe has you make is (new).
    [GeneratedRegex(@"`((?:src|tests|kernels|bench|samples|tools|docs|weights)/[\w./-]*)`(?! \(new\))")]
    private static partial Regex Path();
}
