using System.Text.RegularExpressions;

namespace HandMeshEngine.Tests.Rooms;

/// <summary>Who may know whom, read from the <c>using</c> lines; project references enforce the rest.</summary>
public sealed partial class RoomTests
{
    private const string Compute = "src/HandMeshEngine.Compute/";
    private const string Hand = "src/HandMeshEngine/";

    /// <summary>Folder, and the namespaces (with what lies below them) that its files may use besides their own.</summary>
    public static TheoryData<string, string[]> Rooms => new()
    {
        { Compute + "Tensors", [] },
        { Compute + "Graph", ["Compute.Tensors"] },
        { Compute + "Planning", ["Compute.Tensors", "Compute.Graph"] },
        { Compute + "Passes", ["Compute.Tensors", "Compute.Graph", "Compute.Planning"] },
        { Compute + "Onnx", ["Compute.Tensors", "Compute.Graph", "Compute.Passes"] },
        { Compute + "Numerics", [] },
        { Compute + "Backends/Reference", ["Compute.Tensors", "Compute.Graph", "Compute.Passes", "Compute.Numerics"] },
        { Compute + "Backends/Cpu", ["Compute.Tensors", "Compute.Graph", "Compute.Passes", "Compute.Numerics", "Compute.Planning"] },
        { Compute + "Backends/Cuda", ["Compute.Tensors", "Compute.Graph", "Compute.Passes", "Compute.Planning", "Cuda"] },
        { Hand + "Images", ["Compute"] },
        { Hand + "Cameras", ["Compute.Numerics"] },
        { Hand + "Rig", ["Cameras"] },
        { Hand + "Buffers", ["Cameras", "Rig"] },
        { Hand + "Export", ["Images", "Cameras", "Verification"] },
        { Hand + "Checkpoints", ["Compute.Tensors"] },
        { Hand + "Meshes", ["Compute.Tensors", "Cameras"] },
        { Hand + "Systems", ["Compute", "Cameras", "Meshes", "Checkpoints", "Conversion", "Estimation", "Rig", "Verification"] },
        { Hand + "Conversion", ["Compute.Tensors", "Checkpoints", "Meshes"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_sees_only_what_it_may(string folder, string[] allowed)
    {
        string root = Path.Combine(CaseFolders.Repository!, folder);
        Assert.SkipUnless(Directory.Exists(root), $"{folder} does not exist");
        string own = folder["src/".Length..].Replace('/', '.');
        bool May(string used) =>
            Below(used, own) || Below(own, used) || allowed.Any(name => name == "Compute" ? IsComputeForModels(used) : Below(used, "HandMeshEngine." + name));
        string[] ours = DeclaredIn(own);
        var foreign = GlobalUsings(own).Where(used => !May(used)).ToDictionary(used => used, used => DeclaredIn(used).Except(ours).ToArray());
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            string name = Path.GetRelativePath(CaseFolders.Repository!, file);
            foreach (Match match in UsingLine().Matches(text))
            {
                Assert.True(May(match.Groups[1].Value), $"{name} uses {match.Groups[1].Value}");
            }

            HashSet<string> words = [.. UsedType().Matches(Comment().Replace(text, "")).Select(word => word.Value)];
            words.ExceptWith(OwnProperty().Matches(text).Select(property => property.Groups[1].Value));
            foreach ((string used, string[] types) in foreign)
            {
                Assert.True(!words.Overlaps(types), $"{name} uses {string.Join(", ", types.Where(words.Contains))} of {used}");
            }
        }
    }

    // A project's global usings are seen by every file in it, so for rooms that may not use them the types decide.
    private static IEnumerable<string> GlobalUsings(string room)
    {
        string project = room.StartsWith("HandMeshEngine.Compute", StringComparison.Ordinal) ? "HandMeshEngine.Compute" : "HandMeshEngine";
        string text = File.ReadAllText(Path.Combine(CaseFolders.Repository!, "src", project, project + ".csproj"));
        return GlobalUsing().Matches(text).Select(match => match.Groups[1].Value);
    }

    private static string[] DeclaredIn(string space)
    {
        string sources = Path.Combine(CaseFolders.Repository!, "src");
        return
        [
            .. Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText)
                .Where(text => text.Contains($"namespace {space};", StringComparison.Ordinal))
                .SelectMany(text => Declaration().Matches(text).Select(match => match.Groups[1].Value)),
        ];
    }

    [Fact]
    public void Nothing_in_the_hand_library_names_a_device_call()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(CaseFolders.Repository!, Hand), "*.cs", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("HandMeshEngine.Cuda", File.ReadAllText(file));
        }
    }

    [Fact]
    public void The_command_sees_only_what_is_public()
    {
        foreach (string project in Directory.EnumerateFiles(Path.Combine(CaseFolders.Repository!, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("InternalsVisibleTo Include=\"handmesh\"", File.ReadAllText(project));
        }
    }

    [Fact]
    public void The_libraries_bring_no_packages()
    {
        foreach (string library in new[] { "HandMeshEngine", "HandMeshEngine.Compute", "HandMeshEngine.Cuda" })
        {
            string project = Path.Combine(CaseFolders.Repository!, "src", library, library + ".csproj");
            Assert.DoesNotContain("PackageReference", File.ReadAllText(project));
        }
    }

    [Theory]
    [InlineData("HandMeshEngine.ImageSharp", "SixLabors.")]
    [InlineData("HandMeshEngine.Extensions", "Microsoft.Extensions.")]
    public void A_package_beside_the_engine_brings_one_family_and_sees_only_what_is_public(string name, string family)
    {
        string sources = Path.Combine(CaseFolders.Repository!, "src");
        string[] packages = [.. PackageReference().Matches(File.ReadAllText(Path.Combine(sources, name, name + ".csproj"))).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.StartsWith(family, package, StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(sources, "*.csproj", SearchOption.AllDirectories),
            project => Assert.DoesNotContain($"InternalsVisibleTo Include=\"{name}\"", File.ReadAllText(project)));
    }

    // A model writes its graph, and moves numbers between a view and a session's buffers; backends are not its business.
    private static bool IsComputeForModels(string used) =>
        used is "HandMeshEngine.Compute" or "HandMeshEngine.Compute.Graph" or "HandMeshEngine.Compute.Tensors";

    private static bool Below(string used, string room) => used == room || used.StartsWith(room + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?:global )?using (?:static )?(HandMeshEngine[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"<PackageReference Include=""([\w.]+)""")]
    private static partial Regex PackageReference();

    [GeneratedRegex(@"<Using Include=""(HandMeshEngine[\w.]*)"" />")]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"^(?:public |internal )(?:[a-z]+ )*(?:class|struct|record|interface|enum|delegate \w+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b([A-Z]\w*) (?:\{ get|=>)")]
    private static partial Regex OwnProperty();

    // A name where a type stands: before a dot, a variable, an array's or an argument list's end.
    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?=\.[A-Z]|\??\s+[a-z]\w*\b|\??\[|>)")]
    private static partial Regex UsedType();
}
