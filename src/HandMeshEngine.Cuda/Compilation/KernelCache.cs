namespace HandMeshEngine.Cuda.Compilation;

/// <summary>
/// Compiled programs on disk. Thread-safe, and safe between processes: entries are written beside and renamed, and verified
/// when read; a damaged one is compiled again. A folder that cannot be written still serves what it holds.
/// </summary>
public sealed class KernelCache
{
    /// <summary>Environment variable: the folder to use.</summary>
    public const string FolderVariable = EnvironmentVariables.KernelFolder;

    private const long LargestEntry = 256 << 20;

    private static readonly TimeSpan _abandoned = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private bool _swept;

    /// <summary>Opens a cache.</summary>
    /// <param name="folder">Where its files lie; made when something is stored. Null: <see cref="DefaultFolder"/>.</param>
    public KernelCache(string? folder = null)
    {
        Folder = Path.GetFullPath(folder ?? DefaultFolder);
    }

    /// <summary>
    /// The folder in HANDMESH_CACHE, else handmesh/kernels in the user's cache folder; for a user without a home, a folder with the
    /// user's name in the temporary folder.
    /// </summary>
    public static string DefaultFolder
    {
        get
        {
            if (EnvironmentVariables.Read(FolderVariable) is { } chosen)
            {
                return chosen;
            }

            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            string root = OperatingSystem.IsWindows() ? local
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
                : home.Length > 0 ? Path.Combine(home, ".cache")
                : Path.Combine(Path.GetTempPath(), $"handmesh-{Environment.UserName}");
            return Path.Combine(root, "handmesh", "kernels");
        }
    }

    /// <summary>Where the files lie.</summary>
    public string Folder { get; }

    /// <summary>
    /// Why the last entry could not be stored, or the folder is not used at all because others could write it; or null. It is no
    /// failure: the program is compiled again next time.
    /// </summary>
    public string? StoreProblem { get; private set; }

    /// <summary>The images of a set of programs for a device, from the cache or compiled and stored.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="device">The device.</param>
    /// <param name="nvrtc">The compiler; null if there is none, which is fine if the cache is complete.</param>
    /// <param name="progress">Called after each program; may be null.</param>
    /// <param name="cancellation">Checked between programs.</param>
    /// <exception cref="CudaException">A program does not compile, or the cache lacks it and there is no compiler.</exception>
    public KernelImage[] Load(
        IReadOnlyList<KernelProgram> programs, CudaDevice device, Nvrtc? nvrtc, Action<CompileProgress>? progress,
        CancellationToken cancellation)
    {
        KernelTarget target = KernelTarget.Choose(device, nvrtc, out _);
        if (nvrtc is not null)
        {
            return Load(programs, target, nvrtc, progress, cancellation);
        }

        KernelImage?[] found = [.. programs.Select(program => Find(program, device))];
        int missing = found.Count(image => image is null);
        if (missing > 0)
        {
            Nvrtc.TryFind(device.Driver, out _, out string? reason);
            throw new CudaException(
                CudaErrorKind.Absent,
                $"{missing} of {programs.Count} kernel programs for {device} are not in {Folder} (the first is {programs[Array.IndexOf(found, null)].Name}), "
                + $"and there is no compiler: {reason}{(StoreProblem is null ? "" : $"; {StoreProblem}")}.");
        }

        return found!;
    }

    /// <summary>The images of a set of programs for a target, from the cache or compiled and stored.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="target">What they are for.</param>
    /// <param name="nvrtc">The compiler.</param>
    /// <param name="progress">Called after each program; may be null.</param>
    /// <param name="cancellation">Checked between programs.</param>
    /// <exception cref="CudaException">A program does not compile.</exception>
    public KernelImage[] Load(
        IReadOnlyList<KernelProgram> programs, KernelTarget target, Nvrtc nvrtc, Action<CompileProgress>? progress,
        CancellationToken cancellation)
    {
        KernelImage[] images = new KernelImage[programs.Count];
        for (int i = 0; i < images.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            KernelProgram program = programs[i];
            KernelCacheKey key = new(program.Name, KernelCacheKey.DigestOf(program), target, nvrtc.Version);
            KernelImage? cached = Read(key);
            images[i] = cached ?? nvrtc.Compile(program, target);
            if (cached is null)
            {
                Store(key, images[i]);
            }

            progress?.Invoke(new CompileProgress(i + 1, images.Length, program.Name, cached is not null));
        }

        return images;
    }

    /// <summary>The best stored image of a program that a device can load, whichever NVRTC made it; null if there is none.</summary>
    public KernelImage? Find(KernelProgram program, CudaDevice device)
    {
        string digest = KernelCacheKey.DigestOf(program);
        if (!Directory.Exists(Folder) || !IsPrivate())
        {
            return null;
        }

        IEnumerable<KernelCacheKey> usable =
            from path in Directory.EnumerateFiles(Folder, KernelCacheKey.Stem(program.Name, digest) + "*")
            let key = KernelCacheKey.FromFileName(Path.GetFileName(path), program.Name, digest)
            where key is not null && key.Value.Target.RunsOn(device) && IsTakenBy(device.Driver, key.Value)
            orderby key.Value.Target.Kind, key.Value.Target.Sm descending, key.Value.NvrtcVersion descending
            select key.Value;
        try
        {
            return usable.Select(Read).FirstOrDefault(image => image is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StoreProblem = $"kernels cannot be read from {Folder}: {e.Message}";
            return null;
        }
    }

    /// <summary>Machine code is taken by every driver of its major version, PTX only by drivers that are as new.</summary>
    private static bool IsTakenBy(CudaDriver driver, KernelCacheKey key) =>
        driver.LoadsPtx
        || (key.Target.Kind == KernelImageKind.Cubin ? key.NvrtcVersion / 1000 <= driver.Version / 1000 : key.NvrtcVersion <= driver.Version);

    private KernelImage? Read(KernelCacheKey key)
    {
        try
        {
            // A pipe or a device in place of an entry has no length, and opening it could wait for ever.
            var file = new FileInfo(Path.Combine(Folder, key.FileName));
            return IsPrivate() && file is { Exists: true, LinkTarget: null, Length: > 0 and <= LargestEntry }
                ? KernelCacheEntry.Read(key, File.ReadAllBytes(file.FullName))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // not there, or not for us: compile
        }
    }

    private void Store(KernelCacheKey key, KernelImage image)
    {
        if (!IsPrivate())
        {
            return;
        }

        string path = Path.Combine(Folder, key.FileName);
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            MakeFolder();
            File.WriteAllBytes(beside, KernelCacheEntry.Write(key, image));
            ClearFolder(path);
            File.Move(beside, path, overwrite: true);
            StoreProblem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StoreProblem = $"kernels cannot be stored in {Folder}: {e.Message}";
            TryDelete(beside);
        }
    }

    /// <summary>A folder in place of an entry, which no file could replace, goes: deleted if it is empty, else renamed.</summary>
    private static void ClearFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Move(path, $"{path}.{Guid.NewGuid():N}.old");
        }
        else
        {
            Directory.Delete(path);
        }
    }

    private bool IsPrivate()
    {
        if (PrivateFolder.Problem(Folder) is { } problem)
        {
            StoreProblem = problem;
            return false;
        }

        return true;
    }

    /// <summary>Makes the folder, for this user only, and clears what a process that was killed left half written.</summary>
    private void MakeFolder()
    {
        lock (_gate)
        {
            if (_swept)
            {
                return;
            }

            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Folder);
            }
            else
            {
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (string path in Directory.EnumerateFiles(Folder, "*.tmp"))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > _abandoned)
                {
                    TryDelete(path);
                }
            }

            _swept = true;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A left-over that cannot be deleted now does no harm; the next process tries again.
            return;
        }
    }
}
