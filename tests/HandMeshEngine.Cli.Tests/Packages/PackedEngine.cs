using System.IO.Compression;

namespace HandMeshEngine.Cli.Tests.Packages;

/// <summary>The package in a feed of its own, and a console project elsewhere, made as the package's README says.</summary>
public sealed partial class PackedEngine : IDisposable
{
    private readonly Workspace _work = new();
    private readonly List<string> _packed = [];
    private readonly string _version = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test{Environment.ProcessId}");

    public PackedEngine()
    {
        Readme = Pack("HandMeshEngine");
        using ZipArchive package = ZipFile.OpenRead(Package);
        Files = [.. package.Entries.Select(entry => entry.FullName)];
        Program = ProgramIn(Readme);
        string project = Path.Combine(Write("app", Program, "net10.0"), "app.csproj");
        // The first of them takes the package as the README says.
        File.WriteAllText(project, Reference().Replace(File.ReadAllText(project), string.Empty));
        Dotnet(_work["app"], "add", "package", "HandMeshEngine", "--prerelease", "--source", _work["feed"]);
        Dotnet(_work["app"], "build", "-c", "Release", "-v", "quiet");
    }

    /// <summary>The package's README.</summary>
    public string Readme { get; }

    /// <summary>The program of the README.</summary>
    public string Program { get; }

    /// <summary>What the package holds.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The package.</summary>
    public string Package => Path.Combine(_work["feed"], $"HandMeshEngine.{_version}.nupkg");

    /// <summary>The symbols beside it.</summary>
    public string Symbols => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>The folder of the console project.</summary>
    public string Application => _work["app"];

    /// <summary>A file or folder of the test.</summary>
    public string this[string name] => _work[name];

    /// <summary>Packs a project into the feed and gives the package's README.</summary>
    public string Pack(string project)
    {
        Dotnet(Workspace.Repository, "pack", $"src/{project}", "-c", "Release", "--no-build", $"-p:PackageVersion={_version}", "-o", _work["feed"]);
        _packed.Add(project);
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(_work["feed"], $"{project}.{_version}.nupkg"));
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The first program in a README.</summary>
    public static string ProgramIn(string readme) => readme.Split("```csharp\n")[1].Split("```")[0];

    /// <summary>A reference to a package of the feed.</summary>
    public string ReferenceTo(string package) => $"""<PackageReference Include="{package}" Version="{_version}" />""";

    public void Dispose()
    {
        string packages = Dotnet(_work.Folder, "nuget", "locals", "global-packages", "--list").Split(": ", 2)[1].Trim();
        foreach (string cached in _packed.Select(package => Path.Combine(packages, package.ToLowerInvariant(), _version)).Where(Directory.Exists))
        {
            Directory.Delete(cached, recursive: true);
        }

        _work.Dispose();
    }

    /// <summary>Makes a console project that refers to the package.</summary>
    public string Write(string name, string program, string framework, string references = "")
    {
        Directory.CreateDirectory(_work[name]);
        File.WriteAllText(_work[$"{name}/{name}.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{_work["feed"]}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>{(references.Length > 0 ? references : ReferenceTo("HandMeshEngine"))}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(_work[$"{name}/Program.cs"], program);
        return _work[name];
    }

    /// <summary>Publishes another console project with the same program and gives the folder; null where a tool or a package for it is not to be had.</summary>
    public string? Publish(string name, params string[] properties)
    {
        string folder = _work[$"{name}/published"];
        (int exitCode, string output) = OtherProgram.Run(
            "dotnet", ["publish", "-c", "Release", "-r", "linux-x64", "-v", "quiet", "-o", folder, .. properties], Write(name, Program, "net10.0"));
        if (exitCode != 0 && IsNotServed(output))
        {
            return null;
        }

        Assert.True(exitCode == 0, output);
        return folder;
    }

    /// <summary>Runs a program on the photo that everyone has, in a folder without weights, and expects the README's line.</summary>
    public void Predicts(string program, params string[] arguments)
    {
        string elsewhere = Directory.CreateDirectory(_work["elsewhere"]).FullName;
        (int exitCode, string output) = OtherProgram.Run(program, [.. arguments, Workspace.Photo], elsewhere);

        Assert.True(exitCode == 0, output);
        Assert.Contains("hand: 1360 vertices, wrist at ", output);
        Assert.True(new FileInfo(Path.Combine(elsewhere, "hands.glb")).Length > 10_000);
        File.Delete(Path.Combine(elsewhere, "hands.glb"));
    }

    /// <summary>Runs dotnet and gives what it printed.</summary>
    public static string Dotnet(string folder, params string[] args)
    {
        (int exitCode, string output) = OtherProgram.Run("dotnet", args, folder);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', args)}: {output}");
        return output;
    }

    /// <summary>Whether the package registry lacked something.</summary>
    public static bool IsNotServed(string output) => NotServed().IsMatch(output);

    [GeneratedRegex("<ItemGroup>.*</ItemGroup>")]
    private static partial Regex Reference();

    [GeneratedRegex("NU1101|NU1102|NU1301")]
    private static partial Regex NotServed();
}
