namespace HandMeshEngine.Cases;

/// <summary>Where reference cases lie: in the repository for everyone, and in <c>HANDMESH_PARITY_DIR</c> for who has the large set.</summary>
public static class CaseFolders
{
    /// <summary>The variable that names the folder with the large set.</summary>
    public const string Variable = "HANDMESH_PARITY_DIR";

    /// <summary>The repository's root, or null where the program runs outside of it (the GPU kit).</summary>
    public static string? Repository { get; } = RepositoryFolder.Find();

    /// <summary>Every file of a system with this ending, sub-folders included, each name once, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string system, string ending = ".safetensors")
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in Folders(system))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories))
            {
                found.TryAdd(Path.GetFileName(file), file);
            }
        }

        return [.. found.Values];
    }

    // The large set first: of two files with the same name the committed one may be trimmed.
    private static IEnumerable<string> Folders(string system)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } large && Directory.Exists(Path.Combine(large, system)))
        {
            yield return Path.Combine(large, system);
        }

        if (Repository is not null && Directory.Exists(Path.Combine(Repository, "tests", "parity", system)))
        {
            yield return Path.Combine(Repository, "tests", "parity", system);
        }
    }
}
