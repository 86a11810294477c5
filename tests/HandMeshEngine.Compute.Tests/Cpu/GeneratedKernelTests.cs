using HandMeshEngine.Tools.RegisterTiles;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class GeneratedKernelTests
{
    private const string Folder = "src/HandMeshEngine.Compute/Backends/Cpu/Kernels";

    [Fact]
    public void Register_tiles_in_the_repository_are_what_the_generator_writes() =>
        AssertSame("RegisterTiles.g.cs", TileGenerator.Generate());

    [Fact]
    public void Window_tiles_in_the_repository_are_what_the_generator_writes() =>
        AssertSame("WindowTiles.g.cs", WindowGenerator.Generate());

    private static void AssertSame(string file, string generated)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "HandMeshEngine.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        Assert.SkipWhen(root is null, "the tests run outside the repository");
        string stored = File.ReadAllText(Path.Combine(root!, Folder, file));
        Assert.True(stored == generated, $"{file} differs: run dotnet run --project tools/register-tiles {Folder}");
    }
}
