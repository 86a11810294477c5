namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>What the results of files are called: their names without endings; with them where two would be the same.</summary>
internal static class ResultNames
{
    /// <summary>A name for each file, no two alike.</summary>
    /// <exception cref="CommandException">Two files have the same name with its ending, in different folders.</exception>
    public static string[] Of(IReadOnlyList<string> files)
    {
        HashSet<string> twice = Repeated(files.Select(Path.GetFileNameWithoutExtension)!);
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file) is var stem && twice.Contains(stem) ? Path.GetFileName(file) : stem)];
        RequireDifferent(names);
        return names;
    }

    /// <summary>Makes sure that no two inputs would write the same files.</summary>
    /// <exception cref="CommandException">Two are called the same.</exception>
    public static void RequireDifferent(IEnumerable<string> names)
    {
        if (Repeated(names).FirstOrDefault() is { } name)
        {
            throw new CommandException(
                ExitCode.BadArguments, $"two inputs are called {name} and would write the same files; run them with different --out folders");
        }
    }

    // Some file systems do not tell a from A.
    private static HashSet<string> Repeated(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return names.Where(name => !seen.Add(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
