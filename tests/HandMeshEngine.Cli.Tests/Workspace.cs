namespace HandMeshEngine.Cli.Tests;

/// <summary>A temporary folder, and the repository's root.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handmesh");

    public static string Repository { get; } = RepositoryFolder.Require();

    /// <summary>A photo that everyone has.</summary>
    public static string Photo => Path.Combine(Repository, "tests", "photos", "pointing.jpg");

    public string Folder => _folder.FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
