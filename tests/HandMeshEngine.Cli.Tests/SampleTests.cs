using HandMeshEngine.Pages.Tests;

namespace HandMeshEngine.Cli.Tests;

/// <summary>The samples run as their page says.</summary>
public sealed class SampleTests
{
    private const string FromSource = "dotnet run -c Release --project samples/";

    private static readonly Dictionary<string, string> _says = new()
    {
        ["PhotoToGlb"] = "1360 vertices",
        ["TrackFrames"] = "frame 2: 1 hands",
        ["WebcamLoop"] = "3 frames",
        ["ArRing"] = "hidden by the hand",
        ["RobotHand"] = "frame 1: position: [",
        ["AvatarClip"] = "3 frames in",
        ["StageTimes"] = "slowest steps of hand",
        ["VerifyWeights"] = "ok   ",
    };

    public static TheoryData<string> Commands => [.. MarkdownBlocks.Of("samples/README.md", "sh").SelectMany(block => block)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_sample_runs_as_written(string line)
    {
        Assert.StartsWith(FromSource, line);
        using var work = new Workspace();
        string[] words = line[FromSource.Length..].Split(' ');
        string[] arguments = [.. words[2..].Select(word => word.StartsWith("out/", StringComparison.Ordinal) ? work[word[4..]] : word)];
        string program = SourceTree.InRepository($"samples/{words[0]}/bin/Release/net10.0/{words[0]}.dll");
        Assert.SkipUnless(File.Exists(program), $"needs samples/{words[0]} built for Release");
        (int exitCode, string output) = OtherProgram.Run("dotnet", [program, .. arguments], Workspace.Repository);

        Assert.True(exitCode == 0, $"{line}\n{output}");
        Assert.Contains(_says[words[0]], output);
        Assert.All(words.Where(word => word.StartsWith("out/", StringComparison.Ordinal)), word => Assert.True(new FileInfo(work[word[4..]]).Length > 10_000));
    }

    [Fact]
    public void Every_sample_has_a_command()
    {
        IEnumerable<string> samples = Directory.EnumerateDirectories(SourceTree.InRepository("samples")).Select(folder => Path.GetFileName(folder)!);

        Assert.All(samples, sample => Assert.Contains(Commands, command => command.Data.Contains($"samples/{sample} ", StringComparison.Ordinal)));
    }
}
