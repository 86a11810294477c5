using System.Text.RegularExpressions;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>The promises of SECURITY.md: each names the tests that hold it, and what a library is not linked with it cannot do.</summary>
public sealed partial class PromiseTests
{
    [Fact]
    public void Each_promise_names_tests_that_exist()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Require(), "SECURITY.md"));
        MatchCollection promises = Promise().Matches(page);

        Assert.Equal(9, promises.Count);
        HashSet<string?> files = [.. Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Require(), "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)];
        Assert.All(promises, promise =>
        {
            string[] named = [.. TestName().Matches(promise.Value).Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, files));
        });
    }

    [Theory]
    [InlineData(typeof(HandEstimator))]
    [InlineData(typeof(Compute.Backend))]
    [InlineData(typeof(CudaContext))]
    public void A_core_library_is_linked_with_nothing_that_reaches_the_network_or_starts_a_process(Type inIt)
    {
        string?[] linked = [.. inIt.Assembly.GetReferencedAssemblies().Select(name => name.Name)];

        Assert.Contains("System.Runtime", linked);
        Assert.DoesNotContain(linked, name => name!.StartsWith("System.Net", StringComparison.Ordinal) || name == "System.Diagnostics.Process");
    }

    // From a number at the start of a line to the next, or to an empty line.
    [GeneratedRegex(@"^\d\. (?:.|\n(?!\d\. |\n))*", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex("`(\\w+Tests)`")]
    private static partial Regex TestName();
}
