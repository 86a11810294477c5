namespace HandMeshEngine.Cases.Parity;

/// <summary>Finds parity data: the committed cases under <c>tests/parity</c> and, if set, those of <c>HANDMESH_PARITY_DIR</c>.</summary>
public static class ParityFolders
{
    /// <summary>The variable that names a folder with one sub-folder per system.</summary>
    public const string Variable = "HANDMESH_PARITY_DIR";

    /// <summary>The folders that exist: <c>tests/parity</c> of the repository around the tests, and the variable's.</summary>
    public static IReadOnlyList<string> Roots()
    {
        var roots = new List<string>();
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "parity");
            if (Directory.Exists(candidate))
            {
                roots.Add(candidate);
                break;
            }
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given && Directory.Exists(given))
        {
            roots.Add(given);
        }

        return roots;
    }

    /// <summary>
    /// The files of one system, or of the root with an empty name, whose name matches; sub-folders of the system included, sorted
    /// within each root.
    /// </summary>
    public static IReadOnlyList<string> Files(string system, string pattern)
    {
        var files = new List<string>();
        foreach (string root in Roots())
        {
            string folder = Path.Combine(root, system);
            if (Directory.Exists(folder))
            {
                SearchOption depth = system.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
                files.AddRange(Directory.GetFiles(folder, pattern, depth).Order(StringComparer.Ordinal));
            }
        }

        return files;
    }
}
