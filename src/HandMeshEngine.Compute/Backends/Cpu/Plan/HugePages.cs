namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Asks Linux for pages of 2 MB: the weights of a network fill tens of thousands of small pages, more than the TLB holds, and a page walk
/// in a virtual machine takes twice as long. A hint only; does nothing on other systems.
/// </summary>
internal static unsafe class HugePages
{
    private const int Advice = 14; // MADV_HUGEPAGE

    private const long PageBytes = 2 << 20;

    private static readonly delegate* unmanaged<nint, nint, int, int> _advise;

    static HugePages()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library)
            && NativeLibrary.TryGetExport(library, "madvise", out nint advise))
        {
            _advise = (delegate* unmanaged<nint, nint, int, int>)advise;
        }
    }

    /// <summary>Asks for large pages inside some memory, best before it is first touched.</summary>
    public static void Prefer(void* memory, long bytes)
    {
        long first = ((long)memory + PageBytes - 1) & -PageBytes, last = ((long)memory + bytes) & -PageBytes;
        if (_advise != null && last > first)
        {
            _ = _advise((nint)first, (nint)(last - first), Advice);
        }
    }
}
