namespace HandMeshEngine.Cli.Output;

/// <summary>Looks before a long run whether its result can be written.</summary>
internal static class OutputPath
{
    /// <summary>Checks that a file can be made; null is no file and fine.</summary>
    /// <exception cref="CommandException">The name is empty, or the place cannot be written.</exception>
    public static void RequireFile(string option, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new CommandException(ExitCode.Machine, $"{option} {path}: this is a folder; give the name of a file");
        }

        Require(option, path, () => path + ".");
    }

    /// <summary>Makes a folder if it is not there, and checks that files can be made in it.</summary>
    /// <exception cref="CommandException">The name is empty, or the folder cannot be made or written.</exception>
    public static void RequireFolder(string option, string path) => Require(option, path, () =>
    {
        Directory.CreateDirectory(path);
        return Path.Combine(path, ".handmesh-");
    });

    private static void Require(string option, string path, Func<string> probeName)
    {
        if (path.Length == 0)
        {
            throw new CommandException(ExitCode.BadArguments, $"{option} is empty; give a name");
        }

        try
        {
            string probe = $"{probeName()}{Guid.NewGuid():n}";
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception is DirectoryNotFoundException or FileNotFoundException ? "there is no such folder" : exception.Message.TrimEnd('.');
            throw new CommandException(ExitCode.Machine, $"{option} {path}: nothing can be written there ({reason}); choose another place");
        }
    }
}
