using System.Text;

namespace HandMeshEngine.Native.Tests;

/// <summary>include/handmesh.h says what the library exports.</summary>
public sealed partial class HeaderTests
{
    private static readonly string _symbols = File.ReadAllText(Path.Combine(Workspace.Repository, "src", "HandMeshEngine.Native", "handmesh.symbols"));

    private static readonly Dictionary<string, MethodInfo> _exports = typeof(LibraryExports).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
        .Select(method => (Method: method, Attribute: method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()))
        .Where(export => export.Attribute is not null)
        .ToDictionary(export => export.Attribute!.EntryPoint!, export => export.Method);

    private static readonly (string Name, Type Type)[] _structs =
    [
        ("handmesh_options", typeof(NativeOptions)), ("handmesh_image", typeof(NativeImage)), ("handmesh_camera", typeof(NativeCamera)),
        ("handmesh_hints", typeof(NativeHints)), ("handmesh_hand", typeof(NativeHand)), ("handmesh_stage", typeof(NativeStage)),
        ("handmesh_description", typeof(NativeDescription)), ("handmesh_pose", typeof(NativePose)), ("handmesh_buffers", typeof(NativeBuffers)),
    ];

    [Fact]
    public void Every_export_is_declared_with_as_many_parameters_and_every_declaration_exported()
    {
        Assert.Equal(_exports.Keys.Order(StringComparer.Ordinal), Header.Functions.Keys.Order(StringComparer.Ordinal));
        Assert.All(_exports, export =>
        {
            Type[] parameters = [.. export.Value.GetParameters().Select(parameter => parameter.ParameterType)];
            string[] declared = Header.Functions[export.Key];
            Assert.Equal(declared.Length, parameters.Length);
            Assert.All(declared.Zip(parameters), pair => Assert.Equal(WordOf(pair.First), WordOf(pair.Second)));
        });
    }

    [Fact]
    public void The_list_of_symbols_holds_every_function() => Assert.Equal(
        Header.Functions.Keys.Order(StringComparer.Ordinal), Symbol().Matches(_symbols).Select(match => match.Groups[1].Value));

    [Fact]
    public void A_change_of_the_declarations_raises_the_version()
    {
        Match promise = Promise().Match(_symbols);
        Assert.True(promise.Success, "handmesh.symbols has no line HANDMESH_ABI(version, digest)");
        Assert.Equal(LibraryExports.AbiVersion, int.Parse(promise.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.Equal(LibraryExports.AbiVersion, Header.Constants["ABI_VERSION"]);
        Assert.True(
            promise.Groups[2].Value == Header.Digest,
            $"the declarations of handmesh.h changed: raise HANDMESH_ABI_VERSION, LibraryExports.AbiVersion and the version in handmesh.symbols, and write {Header.Digest} beside it");
    }

    [Fact]
    public void Constants_of_the_header_are_those_of_the_library()
    {
        Expect<Status>("", 0);
        Expect<PixelFormat>("", 1);
        Expect<PlacementFlags>("", 0, nameof(PlacementFlags.None));
        Expect<LensModel>("LENS_", 1);
        Expect<YuvMatrix>("", 0);
        Expect<YuvRange>("", 0);
        Expect<Handedness>("", 1);
        Assert.All(Enum.GetValues<ChromaSiting>(), siting => Assert.Equal((int)siting, Header.Constants[$"{Snake(siting.ToString()).ToUpperInvariant()}_SITED"]));
        Assert.Equal(HandMesh.JointCount, Header.Constants["JOINT_COUNT"]);
    }

    [Fact]
    public void A_compiler_of_C_sees_the_structs_as_the_library_does()
    {
        RequireClang();
        var program = new StringBuilder("#include <handmesh.h>\n#include <stddef.h>\n");
        foreach ((string name, Type type) in _structs)
        {
            program.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof({name}) == {Marshal.SizeOf(type)}, \"{name}\");\n");
            foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            {
                string member = Snake(field.Name);
                program.Append(CultureInfo.InvariantCulture, $"_Static_assert(offsetof({name}, {member}) == {Marshal.OffsetOf(type, field.Name)}, \"{name}.{member}\");\n");
            }

            if (type.GetField("Least") is { } least)
            {
                Assert.Equal((uint)Marshal.SizeOf(type), least.GetValue(null));
            }
        }

        Compile("c", program.ToString(), "-std=c11");
    }

    [Theory]
    [InlineData("c", "-std=c99")]
    [InlineData("c", "-std=c23")]
    [InlineData("c++", "-std=c++11")]
    [InlineData("c++", "-std=c++20")]
    public void The_header_compiles_without_warnings(string language, string standard)
    {
        RequireClang();
        Compile(language, "#include <handmesh.h>\nint main(void) { handmesh_image image; image.size = sizeof image; return (int)image.size; }\n", standard.Replace("c23", "c2x", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_function_and_struct_is_documented()
    {
        string[] lines = File.ReadAllLines(Header.Path);
        string[] bare = [.. lines.Where((line, i) => Declaration().IsMatch(line) && !lines[i - 1].EndsWith("*/", StringComparison.Ordinal)
            && !(i > 0 && lines[i - 1].StartsWith("typedef", StringComparison.Ordinal)))];
        Assert.Empty(bare);
    }

    private static void RequireClang() =>
        Assert.SkipUnless(OtherProgram.Run("clang", ["--version"]).ExitCode == 0, "needs clang (Debian: clang)");

    private static void Compile(string language, string program, string standard)
    {
        using var work = new Workspace();
        File.WriteAllText(work["program"], program);
        (int exitCode, string output) = OtherProgram.Run(
            "clang", ["-x", language, standard, "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only", "-I", Path.GetDirectoryName(Header.Path)!, work["program"]]);
        Assert.True(exitCode == 0, output);
    }

    // Named like the C# value, or as a compound of it.
    private static void Expect<T>(string prefix, int shift, params string[] without)
        where T : struct, Enum => Assert.All(Enum.GetValues<T>().Where(value => !without.Contains(value.ToString())), value =>
        {
            string name = prefix + Snake(value.ToString()).ToUpperInvariant();
            Assert.True(Header.Constants.TryGetValue(name, out int constant), $"{name} is not in the header");
            Assert.Equal(Convert.ToInt32(value, CultureInfo.InvariantCulture) + shift, constant);
        });

    private static string Snake(string pascal) => Capital().Replace(pascal, match => "_" + match.Value.ToLowerInvariant()).ToLowerInvariant().TrimStart('_');

    // What a parameter is to a caller: a number of some width, or a pointer.
    private static string WordOf(string declared) => declared.Contains('*') || declared.StartsWith("handmesh_log ", StringComparison.Ordinal) ? "pointer"
        : declared.StartsWith("uint64_t ", StringComparison.Ordinal) ? "uint64"
        : declared.StartsWith("int32_t ", StringComparison.Ordinal) ? "int32"
        : declared.StartsWith("double ", StringComparison.Ordinal) ? "double" : declared;

    private static string WordOf(Type type) => type.IsPointer || type.IsFunctionPointer || type == typeof(nint) ? "pointer" : type.Name.ToLowerInvariant();

    [GeneratedRegex(@"^HANDMESH_SYMBOL\((\w+)\)$", RegexOptions.Multiline)]
    private static partial Regex Symbol();

    [GeneratedRegex(@"^HANDMESH_ABI\((\d+), ""(\w+)""\)$", RegexOptions.Multiline)]
    private static partial Regex Promise();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex("^(HANDMESH_API |typedef (struct|enum) \\w+ \\{|#define HANDMESH_[A-Z]+_)")]
    private static partial Regex Declaration();
}
