namespace HandMeshEngine.Cuda.Compilation;

/// <summary>
/// Whether only this user, or root, could have written what a folder holds. Whoever can write into the kernel cache chooses the code
/// that the device runs, and a driver loads device code unchecked.
/// </summary>
internal static partial class PrivateFolder
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Basics = 0x7ff; // STATX_BASIC_STATS
    private const int StatxBytes = 256;
    private const int UidAt = 20;
    private const int ModeAt = 28;
    private const int WritableByOthers = 0b010_010;

    /// <summary>What is wrong with a folder, as a sentence; null if it is private, not there, or not on Linux.</summary>
    public static string? Problem(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder))
        {
            return null;
        }

        Span<byte> stat = stackalloc byte[StatxBytes];
        try
        {
            if (Statx(CurrentFolder, folder, 0, Basics, stat) != 0)
            {
                return null;
            }

            uint owner = BitConverter.ToUInt32(stat[UidAt..]);
            int mode = BitConverter.ToUInt16(stat[ModeAt..]);
            return owner != 0 && owner != EffectiveUser()
                ? $"the kernel cache {folder} belongs to another user, who could put device code there; set {EnvironmentVariables.KernelFolder} to a folder of your own"
                : (mode & WritableByOthers) != 0
                    ? $"the kernel cache {folder} can be written by other users, who could put device code there; run: chmod go-w '{folder}'"
                    : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library older than the call
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
