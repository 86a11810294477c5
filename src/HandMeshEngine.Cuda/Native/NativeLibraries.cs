namespace HandMeshEngine.Cuda.Native;

/// <summary>Where libcuda and NVRTC may lie, in the order they are tried.</summary>
internal static class NativeLibraries
{
    private static readonly string[] _linuxNvrtcNames = ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"];

    private static readonly string[] _windowsNvrtcNames = ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"];

    private static readonly string[] _linuxDriverNames = ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];

    /// <summary>The file names of NVRTC, the newest first.</summary>
    public static IReadOnlyList<string> NvrtcNames => OperatingSystem.IsWindows() ? _windowsNvrtcNames : _linuxNvrtcNames;

    /// <summary>The driver's candidates. An explicit choice is the only candidate.</summary>
    public static IReadOnlyList<string> DriverCandidates() =>
        Explicit(EnvironmentVariables.Driver, ["libcuda.so.1", "nvcuda.dll"])
            ?? (OperatingSystem.IsWindows() ? ["nvcuda.dll"] : _linuxDriverNames);

    /// <summary>NVRTC's candidates: names for the loader first, then files that exist. An explicit choice is the only candidate.</summary>
    public static IReadOnlyList<string> NvrtcCandidates()
    {
        if (Explicit(EnvironmentVariables.Nvrtc, NvrtcNames) is { } chosen)
        {
            return chosen;
        }

        List<string> candidates = [.. NvrtcNames];
        foreach (string folder in NvrtcFolders())
        {
            candidates.AddRange(NvrtcNames.Select(name => Path.Combine(folder, name)).Where(File.Exists));
        }

        return candidates;
    }

    /// <summary>The candidates inside an explicit file or folder.</summary>
    public static IReadOnlyList<string> Inside(string path, IReadOnlyList<string> names)
    {
        string full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? [.. names.Select(name => Path.Combine(full, name)).Where(File.Exists).DefaultIfEmpty(Path.Combine(full, names[0]))]
            : [full];
    }

    /// <summary>The NVRTC candidates inside an explicit file or folder.</summary>
    public static IReadOnlyList<string> NvrtcInside(string path) => Inside(path, NvrtcNames);

    /// <summary>The file that was loaded under a bare name, as the operating system tells; the name itself where it does not.</summary>
    public static string PathOf(string name)
    {
        const string maps = "/proc/self/maps";
        if (Path.IsPathRooted(name) || !File.Exists(maps))
        {
            return name;
        }

        string stem = "/" + name.Split(".so")[0] + ".so";
        string? line = File.ReadLines(maps).FirstOrDefault(line => line.Contains(stem, StringComparison.Ordinal));
        return line is null ? name : line[line.IndexOf('/')..];
    }

    /// <summary>The address of an export, or zero.</summary>
    public static nint Export(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;

    /// <summary>The folders that are searched for NVRTC beside those of the loader, each once, whether they exist or not.</summary>
    public static IReadOnlyList<string> NvrtcFolders() => [.. AllNvrtcFolders().Select(Path.GetFullPath).Distinct()];

    /// <summary>Folders whose names match, the last by name first: the newest version of what keeps several.</summary>
    public static IEnumerable<string> Folders(string parent, string pattern)
    {
        try
        {
            return Directory.Exists(parent) ? Directory.GetDirectories(parent, pattern).OrderDescending(StringComparer.Ordinal) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // not for us to read: nothing is there that could be loaded
        }
    }

    private static IReadOnlyList<string>? Explicit(string variable, IReadOnlyList<string> names) =>
        EnvironmentVariables.Read(variable) is { } path ? Inside(path, names) : null;

    private static IEnumerable<string> AllNvrtcFolders()
    {
        foreach (string variable in (string[])["CUDA_PATH", "CUDA_HOME"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } toolkit)
            {
                foreach (string folder in ToolkitFolders(toolkit))
                {
                    yield return folder;
                }
            }
        }

        IEnumerable<string> toolkits = OperatingSystem.IsWindows()
            ? Folders(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA GPU Computing Toolkit", "CUDA"), "v*")
            : [.. Folders("/usr/local", "cuda*"), "/opt/cuda"];
        foreach (string folder in toolkits.SelectMany(ToolkitFolders))
        {
            yield return folder;
        }

        foreach (string prefix in PythonFolders.Prefixes())
        {
            yield return Path.Combine(prefix, Inner);
        }

        foreach (string packages in PythonFolders.Packages())
        {
            yield return Path.Combine(packages, "nvidia", "cu13", Inner);
            yield return Path.Combine(packages, "nvidia", "cuda_nvrtc", Inner);
        }
    }

    private static string Inner => OperatingSystem.IsWindows() ? "bin" : "lib";

    private static IEnumerable<string> ToolkitFolders(string toolkit) => OperatingSystem.IsWindows()
        ? [Path.Combine(toolkit, "bin"), Path.Combine(toolkit, "bin", "x64")]
        : [Path.Combine(toolkit, "lib64"), Path.Combine(toolkit, "lib64", "x64"), Path.Combine(toolkit, "targets", "x86_64-linux", "lib")];
}
