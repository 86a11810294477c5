using System.Text.RegularExpressions;

namespace HandMeshEngine.Tests.Rooms;

/// <summary>What is to know of a system stands in its folder, and one line lists it.</summary>
public sealed partial class SystemRoomTests
{
    private static readonly string _sources = Path.Combine(CaseFolders.Repository!, "src");

    public static TheoryData<string> Ids => [.. HandSystems.All.Select(system => system.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_systems_id_is_a_string_in_its_own_folder_only(string id)
    {
        string own = FolderOf(HandSystems.Find(id));
        var name = new Regex($@"(?<![\w-]){Regex.Escape(id)}(?![\w-])", RegexOptions.IgnoreCase);

        IEnumerable<string> elsewhere =
            from file in Files()
            where !file.StartsWith(own, StringComparison.Ordinal)
            from line in Code(file)
            from Match literal in Literal().Matches(line)
            where name.IsMatch(literal.Value)
            select $"{Path.GetRelativePath(_sources, file)}: {literal.Value}";

        Assert.Empty(elsewhere);
        Assert.Contains(Files(), file => file.StartsWith(own, StringComparison.Ordinal) && File.ReadAllText(file).Contains($"\"{id}\"", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_system_is_one_folder_and_one_line(string id)
    {
        HandSystem system = HandSystems.Find(id);
        string own = FolderOf(system), type = system.GetType().Name;

        IEnumerable<string> lines =
            from file in Files()
            where !file.StartsWith(own, StringComparison.Ordinal)
            from line in Code(file)
            where line.Contains(type, StringComparison.Ordinal)
            select Path.GetRelativePath(_sources, file);

        Assert.Equal(Path.Combine("HandMeshEngine", "Systems", "Registry.cs"), Assert.Single(lines));
        Assert.Contains(
            Directory.EnumerateFiles(own), file => Path.GetExtension(file) is ".tensors" or ".ops");
    }

    // The default system's networks find hands for all; no other system is known by name outside its folder, except to systems.
    [Theory]
    [InlineData("Checkpoints")]
    [InlineData("Conversion")]
    [InlineData("Verification")]
    [InlineData("Meshes")]
    [InlineData("Rig")]
    [InlineData("Cameras")]
    [InlineData("Export")]
    [InlineData("Images")]
    public void A_room_that_serves_systems_knows_none(string room)
    {
        string[] folders = [.. HandSystems.All.Select(system => $"HandMeshEngine.Systems.{Path.GetFileName(FolderOf(system))}")];

        Assert.All(
            Directory.EnumerateFiles(Path.Combine(_sources, "HandMeshEngine", room), "*.cs", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(folders, folder => File.ReadAllText(file).Contains(folder, StringComparison.Ordinal)));
    }

    private static string FolderOf(HandSystem system) => Path.Combine(
        _sources, system.GetType().Namespace!.Replace("HandMeshEngine.", "HandMeshEngine/", StringComparison.Ordinal).Replace("Systems.", "Systems/", StringComparison.Ordinal));

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(_sources, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> Code(string file) =>
        File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();
}
