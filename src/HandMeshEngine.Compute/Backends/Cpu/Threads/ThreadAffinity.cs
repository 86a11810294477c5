namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// Keeps two threads of a job that wait for each other off the same processor. Linux in a virtual machine mistakes an idle processor for
/// one that the host has taken away and wakes a thread on the processor of its waker; it corrects that only at its next tick, 4 ms
/// later. Affinities are changed for the moment of a move and then restored. Other systems are left alone.
/// </summary>
internal sealed unsafe class ThreadAffinity
{
    private const int Words = 16, Bytes = Words * sizeof(ulong);

    private static readonly delegate* unmanaged<int> _currentProcessor;
    private static readonly delegate* unmanaged<int> _currentThread;
    private static readonly delegate* unmanaged<int, nint, ulong*, int> _getAffinity;
    private static readonly delegate* unmanaged<int, nint, ulong*, int> _setAffinity;
    private static readonly delegate* unmanaged<int, nint*, int> _readClock;

    [ThreadStatic]
    private static ThreadAffinity? _ofThisThread;

    private readonly int _thread;
    private readonly ulong[] _allowed = new ulong[Words];
    private bool _isKeptOff;
    private int _moving;

    static ThreadAffinity()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library)
            && NativeLibrary.TryGetExport(library, "sched_getcpu", out nint processor)
            && NativeLibrary.TryGetExport(library, "gettid", out nint thread)
            && NativeLibrary.TryGetExport(library, "sched_getaffinity", out nint get)
            && NativeLibrary.TryGetExport(library, "clock_gettime", out nint clock)
            && NativeLibrary.TryGetExport(library, "sched_setaffinity", out nint set))
        {
            _currentProcessor = (delegate* unmanaged<int>)processor;
            _currentThread = (delegate* unmanaged<int>)thread;
            _getAffinity = (delegate* unmanaged<int, nint, ulong*, int>)get;
            _readClock = (delegate* unmanaged<int, nint*, int>)clock;
            _setAffinity = (delegate* unmanaged<int, nint, ulong*, int>)set;
        }
    }

    private ThreadAffinity(int thread) => _thread = thread;

    /// <summary>The affinity of the calling thread; null on other systems.</summary>
    public static ThreadAffinity? OfThisThread => _setAffinity == null ? null : _ofThisThread ??= new ThreadAffinity(_currentThread());

    /// <summary>Nanoseconds that the thread has run; a thread whose run time does not grow waits for a processor.</summary>
    public long RunTime
    {
        get
        {
            // The id of the thread's CPU clock (MAKE_THREAD_CPUCLOCK in the kernel's posix-timers.h).
            nint* time = stackalloc nint[2];
            return _readClock((~_thread << 3) | 6, time) == 0 ? (time[0] * 1_000_000_000L) + time[1] : 0;
        }
    }

    /// <summary>Keeps a sleeping thread off the processor of the calling thread until <see cref="Release"/>, if it may use another.</summary>
    public void KeepOffMine() => _isKeptOff = Restrict(toMine: false);

    /// <summary>Lets the calling thread run where it could before.</summary>
    public void Release()
    {
        if (_isKeptOff)
        {
            _isKeptOff = false;
            Restore();
        }
    }

    /// <summary>Moves a thread that waits for a processor to that of the calling thread, which is about to sleep.</summary>
    public void MoveToMine() => Move(toMine: true);

    /// <summary>Moves a thread that waits for the processor of the calling thread to another, if it may use one.</summary>
    public void MoveOffMine() => Move(toMine: false);

    private void Move(bool toMine)
    {
        // One move at a time: a second one would save, and later restore, the affinity that the first has set.
        if (Interlocked.CompareExchange(ref _moving, 1, 0) == 0)
        {
            if (Restrict(toMine))
            {
                Restore();
            }

            Volatile.Write(ref _moving, 0);
        }
    }

    // Saves where the thread may run, and restricts it to the processor of the calling thread or to the others.
    private bool Restrict(bool toMine)
    {
        int mine = _currentProcessor();
        if (_isKeptOff || mine is < 0 or >= Words * 64)
        {
            return false;
        }

        ulong* mask = stackalloc ulong[Words];
        ulong any = 0;
        fixed (ulong* allowed = _allowed)
        {
            if (_getAffinity(_thread, Bytes, allowed) != 0)
            {
                return false;
            }

            for (int word = 0; word < Words; word++)
            {
                ulong bit = word == mine / 64 ? 1ul << (mine % 64) : 0;
                mask[word] = allowed[word] & (toMine ? bit : ~bit);
                any |= mask[word];
            }
        }

        return any != 0 && _setAffinity(_thread, Bytes, mask) == 0;
    }

    private void Restore()
    {
        fixed (ulong* allowed = _allowed)
        {
            _ = _setAffinity(_thread, Bytes, allowed);
        }
    }
}
