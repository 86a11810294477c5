namespace HandMeshEngine.Compute.Backends.Cpu.Machine;

/// <summary>
/// Memory with machine code. It is written first and made executable then, never both at once, so that it is to be had where a system
/// forbids that. Linux and Windows on x86-64.
/// </summary>
internal sealed unsafe class ExecutableMemory : IDisposable
{
    private const int ReadWrite = 1 | 2, ReadExecute = 1 | 4; // PROT_READ, PROT_WRITE, PROT_EXEC
    private const int PrivateAnonymous = 0x22; // MAP_PRIVATE, MAP_ANONYMOUS
    private const int CommitReserve = 0x3000, Release = 0x8000, PageReadWrite = 0x04, PageExecuteRead = 0x20;

    private static readonly delegate* unmanaged<nint, nint, int, int, int, nint, nint> _mmap;
    private static readonly delegate* unmanaged<nint, nint, int, int> _mprotect;
    private static readonly delegate* unmanaged<nint, nint, int> _munmap;
    private static readonly delegate* unmanaged<nint, nint, int, int, nint> _virtualAlloc;
    private static readonly delegate* unmanaged<nint, nint, int, int*, int> _virtualProtect;
    private static readonly delegate* unmanaged<nint, nint, int, int> _virtualFree;
    private static readonly delegate* unmanaged<nint, nint, nint, int> _flushInstructionCache;
    private static long _open;

    private readonly int _bytes;
    private nint _start;

    static ExecutableMemory()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library))
        {
            _mmap = (delegate* unmanaged<nint, nint, int, int, int, nint, nint>)NativeLibrary.GetExport(library, "mmap");
            _mprotect = (delegate* unmanaged<nint, nint, int, int>)NativeLibrary.GetExport(library, "mprotect");
            _munmap = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(library, "munmap");
        }
        else if (OperatingSystem.IsWindows() && NativeLibrary.TryLoad("kernel32.dll", out library))
        {
            _virtualAlloc = (delegate* unmanaged<nint, nint, int, int, nint>)NativeLibrary.GetExport(library, "VirtualAlloc");
            _virtualProtect = (delegate* unmanaged<nint, nint, int, int*, int>)NativeLibrary.GetExport(library, "VirtualProtect");
            _virtualFree = (delegate* unmanaged<nint, nint, int, int>)NativeLibrary.GetExport(library, "VirtualFree");
            _flushInstructionCache = (delegate* unmanaged<nint, nint, nint, int>)NativeLibrary.GetExport(library, "FlushInstructionCache");
        }
    }

    private ExecutableMemory(nint start, int bytes)
    {
        _start = start;
        _bytes = bytes;
        Interlocked.Increment(ref _open);
    }

    ~ExecutableMemory() => Free();

    /// <summary>Pieces of code memory that this process holds now.</summary>
    public static long Open => Interlocked.Read(ref _open);

    /// <summary>Where the code begins.</summary>
    public nint Start => _start != 0 ? _start : throw new ObjectDisposedException(nameof(ExecutableMemory));

    /// <summary>A copy of this code, ready to be called; null where the system gives no such memory.</summary>
    /// <param name="code">Code that does not depend on where it lies.</param>
    /// <param name="refuses">For tests: behave as a system that lets no memory become executable.</param>
    public static ExecutableMemory? TryCreate(ReadOnlySpan<byte> code, bool refuses = false)
    {
        nint start = Allocate(code.Length);
        if (start == 0)
        {
            return null;
        }

        code.CopyTo(new Span<byte>((void*)start, code.Length));
        if (!refuses && MakeExecutable(start, code.Length))
        {
            return new ExecutableMemory(start, code.Length);
        }

        Free(start, code.Length);
        return null;
    }

    /// <summary>Gives the memory back; nothing may be running in it.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        nint start = Interlocked.Exchange(ref _start, 0);
        if (start != 0)
        {
            Free(start, _bytes);
            Interlocked.Decrement(ref _open);
        }
    }

    private static nint Allocate(int bytes)
    {
        if (_mmap != null)
        {
            nint start = _mmap(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);
            return start == -1 ? 0 : start;
        }

        return _virtualAlloc != null ? _virtualAlloc(0, bytes, CommitReserve, PageReadWrite) : 0;
    }

    private static bool MakeExecutable(nint start, int bytes)
    {
        if (_mprotect != null)
        {
            return _mprotect(start, bytes, ReadExecute) == 0;
        }

        int before;
        return _virtualProtect(start, bytes, PageExecuteRead, &before) != 0 && _flushInstructionCache(-1, start, bytes) != 0;
    }

    private static void Free(nint start, int bytes)
    {
        if (_munmap != null)
        {
            _ = _munmap(start, bytes);
        }
        else
        {
            _ = _virtualFree(start, 0, Release);
        }
    }
}
