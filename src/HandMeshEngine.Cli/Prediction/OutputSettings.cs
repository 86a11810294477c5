namespace HandMeshEngine.Cli.Prediction;

/// <summary>Which files a prediction writes.</summary>
internal sealed record OutputSettings(string Folder, IReadOnlyList<string> Formats, bool Overlay)
{
    /// <summary>Makes the folder and makes sure that two inputs will not write the same files.</summary>
    /// <exception cref="CommandException">The folder cannot be made or written, or two inputs share a name.</exception>
    public void Prepare(IReadOnlyList<string> names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new CommandException(
                ExitCode.BadArguments, $"two inputs are called {twice.Key} and would write the same files; run them with different --out folders");
        }

        OutputPath.RequireFolder("--out", Folder);
    }

    /// <summary>The path of one result.</summary>
    public string PathOf(string name, string ending) => Path.Combine(Folder, name + ending);
}
