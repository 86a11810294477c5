namespace HandMeshEngine;

/// <summary>The repository that a test program was built in; compiled into each project that looks for it.</summary>
internal static class RepositoryFolder
{
    /// <summary>Its root, or null where the program runs outside of it.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HandMeshEngine.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    /// <summary>Its root.</summary>
    /// <exception cref="InvalidOperationException">The program runs outside of it.</exception>
    public static string Require() => Find() ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
}
