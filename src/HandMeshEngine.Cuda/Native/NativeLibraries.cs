using System.Runtime.InteropServices;

namespace HandMeshEngine.Cuda.Native;

/// <summary>Where libcuda and NVRTC may lie, in the order they are tried.</summary>
internal static class NativeLibraries
{
    private static readonly string[] s_linuxNvrtcNames = ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"];

    private static readonly string[] s_windowsNvrtcNames = ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll", "nvrtc64_112_0.dll"];

    private static readonly string[] s_linuxDriverNames = ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];

    private static string[] NvrtcNames => OperatingSystem.IsWindows() ? s_windowsNvrtcNames : s_linuxNvrtcNames;

    /// <summary>The driver's candidates. An explicit choice is the only candidate.</summary>
    public static IReadOnlyList<string> DriverCandidates() =>
        Explicit(EnvironmentVariables.Driver, ["libcuda.so.1", "nvcuda.dll"])
            ?? (OperatingSystem.IsWindows() ? ["nvcuda.dll"] : s_linuxDriverNames);

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

    private static IReadOnlyList<string>? Explicit(string variable, IReadOnlyList<string> names) =>
        EnvironmentVariables.Read(variable) is { } path ? Inside(path, names) : null;

    private static IEnumerable<string> NvrtcFolders()
    {
        string library = OperatingSystem.IsWindows() ? "bin" : "lib64";
        foreach (string variable in (string[])["CUDA_PATH", "CUDA_HOME"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } toolkit)
            {
                yield return Path.Combine(toolkit, library);
                yield return Path.Combine(toolkit, library, "x64");
            }
        }

        foreach (string toolkit in Folders("/usr/local", "cuda*"))
        {
            yield return Path.Combine(toolkit, "lib64");
        }

        foreach (string variable in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } prefix)
            {
                foreach (string folder in PythonFolders(prefix))
                {
                    yield return folder;
                }
            }
        }
    }

    private static IEnumerable<string> PythonFolders(string prefix)
    {
        string inner = OperatingSystem.IsWindows() ? "bin" : "lib";
        yield return Path.Combine(prefix, inner);
        IEnumerable<string> pythons = OperatingSystem.IsWindows()
            ? [Path.Combine(prefix, "Lib")]
            : Folders(Path.Combine(prefix, "lib"), "python3*");
        foreach (string python in pythons)
        {
            yield return Path.Combine(python, "site-packages", "nvidia", "cu13", inner);
            yield return Path.Combine(python, "site-packages", "nvidia", "cuda_nvrtc", inner);
        }
    }

    private static IEnumerable<string> Folders(string parent, string pattern) =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).OrderDescending(StringComparer.Ordinal) : [];
}
