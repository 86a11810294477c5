namespace HandMeshEngine.Cli.Tests;

public sealed class PackageTests
{
    [Fact]
    public async Task An_application_adds_the_package_as_the_readme_says_and_needs_nothing_else()
    {
        using var work = new Workspace();
        Dotnet(Workspace.Repository, "pack", "src/HandMeshEngine", "-c", "Release", "--no-build", "-o", work["feed"]);
        Directory.CreateDirectory(work["app"]);
        await File.WriteAllTextAsync(work["app/app.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreSources>{work["feed"]}</RestoreSources>
                <RestorePackagesPath>{work["packages"]}</RestorePackagesPath>
                <RestoreConfigFile>nuget.config</RestoreConfigFile>
              </PropertyGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(work["app/nuget.config"], "<configuration><packageSources><clear /></packageSources></configuration>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(work["app/Program.cs"], """
            using HandMeshEngine;
            using HandMeshEngine.Compute;
            using HandMeshEngine.Images;
            RgbImage photo = RgbImage.Load(args[0]);
            using var estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
            HandResult result = estimator.Predict(
                new ImageView(photo.Pixels, photo.Width, photo.Height, photo.Width * 3, PixelFormat.Rgb), Camera.Guess(photo.Width, photo.Height));
            Console.WriteLine($"{result.Count} hand, {result[0].Vertices.Length} vertices");
            """, TestContext.Current.CancellationToken);

        Dotnet(work["app"], "add", "package", "HandMeshEngine", "--source", work["feed"]);
        string output = Dotnet(work["app"], "run", "-c", "Release", "--", Workspace.Photo);
        Assert.Contains("1 hand, 1360 vertices", output);
    }

    private static string Dotnet(string folder, params string[] args)
    {
        (int exitCode, string output) = OtherProgram.Run("dotnet", args, folder);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', args)}: {output}");
        return output;
    }
}
