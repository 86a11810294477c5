using System.IO.Compression;

namespace HandMeshEngine.Cli.Tests.Packages;

/// <summary>A program made from the package's README alone builds and runs, however it is published.</summary>
public sealed partial class PackageTests(PackedEngine engine) : IClassFixture<PackedEngine>
{
    private const string NoPack = "the package registry does not serve the runtime for it";

    [Fact]
    public void The_program_of_the_readme_runs_as_written() =>
        engine.Predicts("dotnet", Path.Combine(engine.Application, "bin", "Release", "net10.0", "app.dll"));

    [Fact]
    public void It_runs_self_contained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "publishes for linux-x64");
        string? folder = engine.Publish("self", "--self-contained");
        Assert.SkipWhen(folder is null, NoPack);
        engine.Predicts(Path.Combine(folder!, Path.GetFileName(Path.GetDirectoryName(folder))!));
    }

    [Fact]
    public void It_runs_trimmed_in_a_single_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "publishes for linux-x64");
        string? folder = engine.Publish("trimmed", "--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true");
        Assert.SkipWhen(folder is null, NoPack);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder!), file => file.EndsWith(".dll", StringComparison.Ordinal));
        engine.Predicts(Path.Combine(folder!, Path.GetFileName(Path.GetDirectoryName(folder))!));
    }

    [Fact]
    public void It_runs_compiled_ahead_of_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "publishes for linux-x64");
        Assert.SkipUnless(File.Exists("/usr/include/zlib.h") && OtherProgram.Run("clang", ["--version"]).ExitCode == 0, "NativeAOT links with clang and zlib (Debian: clang, zlib1g-dev)");
        string? folder = engine.Publish("native", "-p:PublishAot=true");
        Assert.SkipWhen(folder is null, NoPack);
        engine.Predicts(Path.Combine(folder!, Path.GetFileName(Path.GetDirectoryName(folder))!));
    }

    [Fact]
    public void An_older_framework_is_refused_at_restore()
    {
        string folder = engine.Write("older", "System.Console.WriteLine();", "net8.0");
        (int exitCode, string output) = OtherProgram.Run("dotnet", ["restore", "-v", "quiet"], folder);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("NU1202", output);
        Assert.Contains("net8.0", output);
    }

    [Theory]
    [InlineData("all", 2)]
    [InlineData("full", 1)]
    [InlineData("lite", 1)]
    [InlineData("none", 0)]
    public void A_property_chooses_the_weights(string value, int files)
    {
        string output = engine["weights-" + value];
        PackedEngine.Dotnet(engine.Application, "build", "-c", "Release", "-v", "quiet", "--no-restore", $"-p:HandMeshWeights={value}", "-o", output);

        string weights = Path.Combine(output, "weights");
        string[] found = Directory.Exists(weights) ? Directory.GetFiles(weights, "*.safetensors") : [];
        Assert.Equal(files, found.Length);
        Assert.All(found, file => Assert.True(value == "all" || file.EndsWith($"-{value}.safetensors", StringComparison.Ordinal)));
        if (value == "lite")
        {
            engine.Predicts("dotnet", Path.Combine(output, "app.dll"));
        }
    }

    [Fact]
    public void Another_value_of_the_property_is_refused_in_a_sentence()
    {
        (int exitCode, string output) = OtherProgram.Run(
            "dotnet", ["build", "-c", "Release", "-v", "quiet", "--no-restore", "-p:HandMeshWeights=heavy", "-o", engine["weights-heavy"]], engine.Application);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("HANDMESH001: HandMeshWeights is 'heavy', which is none of all, full, lite, none.", output);
    }

    [Fact]
    public void Weights_are_found_beside_a_library_that_lies_elsewhere_than_its_host()
    {
        string plugin = Path.Combine(engine.Application, "bin", "Release", "net10.0");
        string host = engine["host"];
        Directory.CreateDirectory(host);
        File.WriteAllText(Path.Combine(host, "host.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(host, "Program.cs"), """
            var context = new System.Runtime.Loader.AssemblyLoadContext("plugin");
            var library = context.LoadFromAssemblyPath(System.IO.Path.Combine(args[0], "HandMeshEngine.dll"));
            System.Console.WriteLine(library.GetType("HandMeshEngine.WeightFolders").GetMethod("Find").Invoke(null, new object[] { "mediapipe-hand-full.safetensors" }));
            """);

        string output = PackedEngine.Dotnet(host, "run", "-c", "Release", "--", plugin);
        Assert.Contains(Path.Combine(plugin, "weights", "mediapipe-hand-full.safetensors"), output);
    }

    [Fact]
    public void The_package_holds_targets_for_its_framework_alone_and_symbols_of_every_library()
    {
        Assert.Contains("build/net10.0/HandMeshEngine.targets", engine.Files);
        Assert.Contains("buildTransitive/net10.0/HandMeshEngine.targets", engine.Files);
        Assert.DoesNotContain("build/HandMeshEngine.targets", engine.Files);
        using ZipArchive symbols = ZipFile.OpenRead(engine.Symbols);
        string[] expected = [.. engine.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).Select(file => Path.ChangeExtension(file, ".pdb")).Order(StringComparer.Ordinal)];
        Assert.Equal(3, expected.Length);
        Assert.Equal(expected, symbols.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("HandMeshEngine.ImageSharp", "", "")]
    [InlineData("HandMeshEngine.Extensions", "Microsoft.Extensions.Hosting", "1 hand(s)")]
    public void The_program_of_a_readme_of_a_package_beside_it_runs_as_written(string package, string needs, string prints)
    {
        string readme = engine.Pack(package);
        string version = needs.Length == 0 ? "" : CentralVersion(needs);
        string other = needs.Length == 0 ? "" : $"""<PackageReference Include="{needs}" Version="{version}" />""";
        string folder = engine.Write("with-" + package, PackedEngine.ProgramIn(readme), "net10.0", engine.ReferenceTo(package) + other);
        (int exitCode, string output) = OtherProgram.Run("dotnet", ["run", "-c", "Release", "--", Workspace.Photo], folder);
        Assert.SkipWhen(exitCode != 0 && PackedEngine.IsNotServed(output), NoPack);

        Assert.True(exitCode == 0, output);
        Assert.Contains(prints, output);
        Assert.Equal(package.EndsWith("ImageSharp", StringComparison.Ordinal), File.Exists(Path.Combine(folder, "hands.png")));
        Assert.All(Link().Matches(readme), link => Assert.StartsWith("https://", link.Groups[1].Value, StringComparison.Ordinal));
    }

    private static string CentralVersion(string package) => Regex.Match(
        File.ReadAllText(Path.Combine(Workspace.Repository, "Directory.Packages.props")),
        $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value;

    [Fact]
    public void Its_readme_has_no_link_that_needs_the_repository() =>
        Assert.All(Link().Matches(engine.Readme), link => Assert.StartsWith("https://", link.Groups[1].Value, StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Link();
}
