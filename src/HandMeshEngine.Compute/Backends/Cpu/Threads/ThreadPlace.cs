using System.Runtime.InteropServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// On which processor a thread runs, and whether it does. Threads of one job that wait for each other must not share a processor, but
/// Linux in a virtual machine takes a processor that idles for one that its host has taken away, and wakes a thread on the processor
/// of the one that wakes it; it mends that at its next tick, 4 ms later. Affinities are changed for the moment of a move only. Nothing
/// is done on other systems.
/// </summary>
internal sealed unsafe class ThreadPlace
{
    private const int Words = 16, Bytes = Words * sizeof(ulong);

    private static readonly delegate* unmanaged<int> CurrentProcessor;
    private static readonly delegate* unmanaged<int> CurrentThread;
    private static readonly delegate* unmanaged<int, nint, ulong*, int> GetAffinity;
    private static readonly delegate* unmanaged<int, nint, ulong*, int> SetAffinity;
    private static readonly delegate* unmanaged<int, nint*, int> ReadClock;

    [ThreadStatic]
    private static ThreadPlace? _ofThisThread;

    private readonly int _thread;
    private readonly ulong[] _allowed = new ulong[Words];
    private bool _isKeptOff;
    private int _moving;

    static ThreadPlace()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library)
            && NativeLibrary.TryGetExport(library, "sched_getcpu", out nint processor)
            && NativeLibrary.TryGetExport(library, "gettid", out nint thread)
            && NativeLibrary.TryGetExport(library, "sched_getaffinity", out nint get)
            && NativeLibrary.TryGetExport(library, "clock_gettime", out nint clock)
            && NativeLibrary.TryGetExport(library, "sched_setaffinity", out nint set))
        {
            CurrentProcessor = (delegate* unmanaged<int>)processor;
            CurrentThread = (delegate* unmanaged<int>)thread;
            GetAffinity = (delegate* unmanaged<int, nint, ulong*, int>)get;
            ReadClock = (delegate* unmanaged<int, nint*, int>)clock;
            SetAffinity = (delegate* unmanaged<int, nint, ulong*, int>)set;
        }
    }

    private ThreadPlace(int thread) => _thread = thread;

    /// <summary>The place of the calling thread; null where nothing can be done.</summary>
    public static ThreadPlace? OfThisThread => SetAffinity == null ? null : _ofThisThread ??= new ThreadPlace(CurrentThread());

    /// <summary>Nanoseconds that the thread has run: what does not grow shows a thread that waits for a processor.</summary>
    public long RunTime
    {
        get
        {
            // The number of a thread's own clock, by the kernel's rule.
            nint* time = stackalloc nint[2];
            return ReadClock((~_thread << 3) | 6, time) == 0 ? (time[0] * 1_000_000_000L) + time[1] : 0;
        }
    }

    /// <summary>Keeps a sleeping thread off the processor of the calling thread until <see cref="Release"/>, if it may use another.</summary>
    public void KeepOffMine() => _isKeptOff = Restrict(toMine: false);

    /// <summary>Lets the calling thread run everywhere again.</summary>
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
        // Of two at once the second would find, and bring back, the affinity of the first.
        if (Interlocked.CompareExchange(ref _moving, 1, 0) == 0)
        {
            if (Restrict(toMine))
            {
                Restore();
            }

            Volatile.Write(ref _moving, 0);
        }
    }

    // Notes where the thread may run, and leaves it only the processor of the calling thread or only the others.
    private bool Restrict(bool toMine)
    {
        int mine = CurrentProcessor();
        if (_isKeptOff || mine is < 0 or >= Words * 64)
        {
            return false;
        }

        ulong* mask = stackalloc ulong[Words];
        ulong any = 0;
        fixed (ulong* allowed = _allowed)
        {
            if (GetAffinity(_thread, Bytes, allowed) != 0)
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

        return any != 0 && SetAffinity(_thread, Bytes, mask) == 0;
    }

    private void Restore()
    {
        fixed (ulong* allowed = _allowed)
        {
            _ = SetAffinity(_thread, Bytes, allowed);
        }
    }
}
