using System.Text.RegularExpressions;

namespace HandMeshEngine.Compute.Tests.Graph;

/// <summary>An op is filed under its own name in every room, and joined by one line of the catalog.</summary>
public sealed class OpCatalogTests
{
    private const string Compute = "src/HandMeshEngine.Compute/";
    private const string Catalog = Compute + "OpCatalog.cs";

    public static TheoryData<string> Ops => [.. OpCatalog.All.Select(entry => NameOf(entry.Type))];

    /// <summary>The ops that passes, planners or steps know by name, and why. Every other op is its own files and one line.</summary>
    private static IReadOnlyDictionary<string, string> NamedElsewhere => new Dictionary<string, string>
    {
        ["Activation"] = "fused into the op before it",
        ["Affine"] = "fused into the op before it, and what batch normalisation becomes",
        ["BatchNorm"] = "folded into weights",
        ["Binary"] = "a sum becomes the residual of the op before it",
        ["Concat"] = "its operands are written in place",
        ["Constant"] = "passes compute with its values",
        ["Conv2d"] = "composed with others, and run by several algorithms",
        ["ConvTranspose2d"] = "batch normalisation is folded into it",
        ["GridSample"] = "maps that nothing else reads are computed at its points alone",
        ["ImageInput"] = "the image of a run",
        ["Input"] = "what the caller writes before a run",
        ["Resize"] = "its CPU step has a file of its own",
        ["Slice"] = "hands the border of its result on to its operand",
        ["SpaceToDepth"] = "a convolution of single pixels reads its blocks",
        ["WarpNormalize"] = "networks are cut behind it, and its CPU kernels have files of their own",
    };

    [Fact]
    public void Every_op_has_a_line_in_the_catalog_in_order_of_names()
    {
        IEnumerable<string> ops = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract).Select(NameOf);
        string[] listed = [.. OpCatalog.All.Select(entry => NameOf(entry.Type))];
        Assert.Equal(ops.Order(StringComparer.OrdinalIgnoreCase), listed);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void An_op_has_a_file_of_its_name_in_every_room_or_the_catalog_says_why_not(string op)
    {
        IReadOnlyDictionary<string, string> absences = EntryOf(op).Absences;
        foreach ((string room, string file) in FilesOf(op))
        {
            bool exists = File.Exists(Path.Combine(CaseFolders.Repository!, file));
            string? absence = absences.GetValueOrDefault(room == "cases" ? "Reference" : room); // what is not computed has no cases
            Assert.False(exists && absence is not null, $"{file} exists, though the catalog says: {absence}");
            Assert.True(exists || absence is { Length: > 10 }, $"{file} is missing, and the catalog does not say why");
        }
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void An_op_has_cases_that_run_it(string op)
    {
        Type type = EntryOf(op).Type;
        if (EntryOf(op).Absences.GetValueOrDefault("Reference") is not null)
        {
            Assert.Contains(OpCases.All, item => Holds(item, type));
            return;
        }

        IReadOnlyList<OpCase> cases = OpCases.Of(type);
        Assert.NotEmpty(cases);
        Assert.All(cases, item => Assert.True(Holds(item, type), $"the case '{item.Name}' of {op} does not hold one"));
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Nothing_but_its_own_files_and_one_line_names_an_op(string op)
    {
        HashSet<string> own = [.. FilesOf(op).Select(file => file.Path), Catalog];
        var name = new Regex($@"\b{op}Op\b");
        string[] others =
        [
            .. Directory.EnumerateFiles(Path.Combine(CaseFolders.Repository!, Compute), "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(CaseFolders.Repository!, file).Replace('\\', '/'))
                .Where(file => !file.Contains("/obj/") && !own.Contains(file))
                .Where(file => File.ReadLines(Path.Combine(CaseFolders.Repository!, file)).Any(line => !line.TrimStart().StartsWith("//") && name.IsMatch(line))),
        ];
        if (NamedElsewhere.TryGetValue(op, out string? why))
        {
            Assert.True(others.Length > 0, $"{op} is on the list of the ops that others name ({why}), and nobody does");
            return;
        }

        // Adding an op is seven files and this line; the absence of an entry above says that it stays so.
        Assert.True(others.Length == 0, $"{op}Op is named in {string.Join(", ", others)}");
        Assert.Single(File.ReadLines(Path.Combine(CaseFolders.Repository!, Catalog)), line => name.IsMatch(line));
    }

    [Fact]
    public void Adding_an_op_is_seven_files_and_one_line()
    {
        string[] complete = [.. OpCatalog.All.Where(entry => entry.Absences.Count == 0).Select(entry => NameOf(entry.Type)).Except(NamedElsewhere.Keys)];
        Assert.True(complete.Length >= 15, string.Join(", ", complete));
        string[] sources =
        [
            .. new[] { Compute, "kernels", "tests/HandMeshEngine.Cases" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(CaseFolders.Repository!, folder), "*.c*", SearchOption.AllDirectories))
                .Select(file => Path.GetRelativePath(CaseFolders.Repository!, file).Replace('\\', '/'))
                .Where(file => !file.Contains("/obj/") && Path.GetExtension(file) is ".cs" or ".cu"),
        ];
        foreach (string op in complete)
        {
            // Its kernel has no word for the record; every other file of an op, and the catalog, names it.
            var name = new Regex($@"\b{op}Op\b");
            string[] files =
            [
                .. sources.Where(file => file == $"kernels/{op.ToLowerInvariant()}.cu"
                    || File.ReadLines(Path.Combine(CaseFolders.Repository!, file)).Any(line => !line.TrimStart().StartsWith("//") && name.IsMatch(line))),
            ];
            Assert.Equal(FilesOf(op).Select(file => file.Path).Append(Catalog).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
            Assert.Equal(7, files.Length - 1);
        }
    }

    private static OpEntry EntryOf(string op) => OpCatalog.All.Single(entry => NameOf(entry.Type) == op);

    private static string NameOf(Type type) => type.Name[..^"Op".Length];

    private static bool Holds(OpCase item, Type type) => item.Make().Graph.Build().Nodes.Any(node => node.Op.GetType() == type);

    private static (string Room, string Path)[] FilesOf(string op) =>
    [
        ("Graph", $"{Compute}Graph/Ops/{op}Op.cs"),
        ("Reference", $"{Compute}Backends/Reference/{op}.cs"),
        ("Cpu", $"{Compute}Backends/Cpu/Ops/{op}.cs"),
        ("Cuda", $"{Compute}Backends/Cuda/Ops/{op}.cs"),
        ("Onnx", $"{Compute}Onnx/{op}.cs"),
        ("kernels", $"kernels/{op.ToLowerInvariant()}.cu"),
        ("cases", $"tests/HandMeshEngine.Cases/Ops/{op}Cases.cs"),
    ];
}
