namespace HandMeshEngine.Cuda.Native;

/// <summary>
/// Where the Pythons of this machine keep packages, found without running one: that of an active environment, those on PATH (behind
/// links, environments and pyenv's shims), and the user's own folder.
/// </summary>
internal static class PythonFolders
{
    private static readonly string[] _programs = OperatingSystem.IsWindows() ? ["python.exe"] : ["python3", "python"];

    /// <summary>The roots that Pythons are installed under, the likeliest first; conda keeps libraries in their lib folder.</summary>
    public static IEnumerable<string> Prefixes()
    {
        foreach (string variable in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } prefix)
            {
                yield return prefix;
            }
        }

        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string program in _programs.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            {
                foreach (string prefix in PrefixesOf(program))
                {
                    yield return prefix;
                }
            }
        }
    }

    /// <summary>The folders of installed packages.</summary>
    public static IEnumerable<string> Packages()
    {
        foreach (string prefix in Prefixes())
        {
            foreach (string folder in PackagesOf(prefix))
            {
                yield return folder;
            }
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        string own = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Python")
            : Path.Combine(home, ".local", "lib");
        foreach (string python in NativeLibraries.Folders(own, "*ython3*"))
        {
            yield return Path.Combine(python, "site-packages");
        }
    }

    private static IEnumerable<string> PrefixesOf(string program)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(program))!;
        if (Path.GetFileName(folder) == "shims" && Path.GetDirectoryName(folder) is { } root)
        {
            // pyenv: the script chooses a version, the first of the file "version" unless a folder or variable says otherwise.
            foreach (string version in NativeLibraries.Folders(Path.Combine(root, "versions"), "*"))
            {
                yield return version;
            }

            yield break;
        }

        yield return PrefixOf(folder);
        if (Linked(program) is { } target)
        {
            yield return PrefixOf(Path.GetDirectoryName(target)!);
        }
    }

    // On Windows Python lies in its root, in an environment in a folder of it.
    private static string PrefixOf(string folder) =>
        Path.GetFileName(folder) is "bin" or "Scripts" && Path.GetDirectoryName(folder) is { } parent ? parent : folder;

    private static string? Linked(string program)
    {
        try
        {
            return File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a link that leads nowhere is no Python
        }
    }

    private static IEnumerable<string> PackagesOf(string prefix)
    {
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(prefix, "Lib", "site-packages");
            yield break;
        }

        // Debian's own packages lie in dist-packages, and what pip adds to them under local.
        foreach (string parent in (string[])[Path.Combine(prefix, "lib"), Path.Combine(prefix, "local", "lib")])
        {
            foreach (string python in NativeLibraries.Folders(parent, "python3*"))
            {
                yield return Path.Combine(python, "site-packages");
                yield return Path.Combine(python, "dist-packages");
            }
        }
    }
}
