namespace HandMeshEngine.Tests;

/// <summary>The checkout that the tests run in, for files that are committed but not copied beside the tests.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HandMeshEngine.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no HandMeshEngine.sln above {AppContext.BaseDirectory}");
    }
}
