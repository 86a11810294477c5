using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// A fixed set of threads that take tiles from one counter. Nothing is split beforehand: a thread that loses its core to
/// another process takes fewer tiles. Threads spin for tens of microseconds between jobs (a hand-over costs about 60 ns
/// then), later they block. A thread that another process keeps from its core in the middle of a tile holds all others up for a time
/// slice of the system, milliseconds: it is left out for a while, longer each time. Allocates nothing in <see cref="Run"/>.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const double SpinUs = 40;

    // A job that waits for a thread this much longer than for several tiles counts as held up. When that has cost so much of so long a
    // time, the thread shares its core: it is left out, each time again twice as long, up to a limit.
    private const double LateUs = 150, LostUs = 3000, WindowMs = 20, PauseMs = 12;

    private const int LateTiles = 4, MostDoublings = 4;

    private static readonly long SpinTicks = (long)(SpinUs * 1e-6 * Stopwatch.Frequency);
    private static readonly long LateTicks = (long)(LateUs * 1e-6 * Stopwatch.Frequency);
    private static readonly long LostTicks = (long)(LostUs * 1e-6 * Stopwatch.Frequency);
    private static readonly long WindowTicks = (long)(WindowMs * 1e-3 * Stopwatch.Frequency);

    private readonly long _pauseTicks;
    private readonly Thread[] _threads;
    private readonly Sleeper[] _workers;
    private readonly bool[] _inTiles;
    private readonly bool[] _late;
    private readonly long[] _pausedUntil;
    private readonly int[] _pauses;
    private long _windowStart;
    private long _lost;
    private readonly Sleeper _caller = new();
    private ParallelJob? _job;
    private int _tiles;
    private int _unfinished;
    private int _busy;
    private bool _disposed;
    private Exception? _error;

    // Upper half: number of the job. Lower half: tiles not yet taken. One compare-and-swap takes a tile of exactly the job that is
    // under way, however late a thread comes.
    private long _ticket;

    /// <summary>A pool of <paramref name="threads"/> threads, the caller's included.</summary>
    public WorkerPool(int threads)
        : this(threads, PauseMs)
    {
    }

    /// <summary>As above, with the time that a thread is first left out.</summary>
    internal WorkerPool(int threads, double pauseMs)
    {
        Threads = threads;
        _pauseTicks = (long)(pauseMs * 1e-3 * Stopwatch.Frequency);
        _inTiles = new bool[threads];
        _late = new bool[threads];
        _pausedUntil = new long[threads];
        _pauses = new int[threads];
        _threads = new Thread[threads - 1];
        _workers = new Sleeper[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _workers[i] = new Sleeper();
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"handmesh-cpu-{worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that compute, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Runs all tiles and returns when the last is done. When another caller has the pool, this one does its tiles alone.
    /// </summary>
    public void Run(ParallelJob job, int tiles)
    {
        long start = Stopwatch.GetTimestamp();
        if (tiles == 1 || AreAllPaused(start) || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int tile = 0; tile < tiles; tile++)
            {
                job.RunTile(tile, 0);
            }

            return;
        }

        _job = job;
        _tiles = tiles;
        Volatile.Write(ref _unfinished, tiles);
        long number = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (number << 32) | (uint)tiles);
        for (int i = 0; i < _workers.Length; i++)
        {
            if (!IsPaused(i + 1, start))
            {
                _workers[i].Wake();
            }
        }

        int done = TakeTiles(0);
        long end = Stopwatch.GetTimestamp();
        WaitForOthers(end, done == 0 ? long.MaxValue : LateTicks + (LateTiles * (end - start) / done));
        Exception? error = _error;
        _error = null;
        _job = null;
        Volatile.Write(ref _busy, 0);
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        foreach (Sleeper worker in _workers)
        {
            worker.Wake();
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        foreach (Sleeper worker in _workers)
        {
            worker.Dispose();
        }

        _caller.Dispose();
    }

    private void Work(int worker)
    {
        long seen = 0;
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            while (IsIdle(seen))
            {
                Thread.SpinWait(8);
                if (Stopwatch.GetTimestamp() - start > SpinTicks)
                {
                    Sleeper sleeper = _workers[worker - 1];
                    sleeper.LieDown();
                    sleeper.Sleep(stillNeeded: IsIdle(seen));
                }
            }

            if (Volatile.Read(ref _disposed))
            {
                return;
            }

            seen = Volatile.Read(ref _ticket) >> 32;
            if (IsPaused(worker, Stopwatch.GetTimestamp()))
            {
                // Who gives out the first job after the pause wakes it.
                Sleeper sleeper = _workers[worker - 1];
                sleeper.LieDown();
                sleeper.Sleep(stillNeeded: IsPaused(worker, Stopwatch.GetTimestamp()) && !Volatile.Read(ref _disposed));
            }
            else
            {
                Volatile.Write(ref _inTiles[worker], true);
                TakeTiles(worker);
                Volatile.Write(ref _inTiles[worker], false);
            }
        }
    }

    private bool IsPaused(int worker, long now) => Volatile.Read(ref _pausedUntil[worker]) > now;

    private bool AreAllPaused(long now)
    {
        for (int worker = 1; worker < Threads; worker++)
        {
            if (!IsPaused(worker, now))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsIdle(long seen) => Volatile.Read(ref _ticket) >> 32 == seen && !Volatile.Read(ref _disposed);

    private int TakeTiles(int worker)
    {
        int done = 0;
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int left = (int)(uint)ticket;
            if (left == 0)
            {
                break;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
            {
                continue;
            }

            done++;
            try
            {
                _job!.RunTile(_tiles - left, worker);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref _error, error, null);
            }
        }

        if (done > 0 && Interlocked.Add(ref _unfinished, -done) == 0 && worker != 0)
        {
            _caller.Wake();
        }

        return done;
    }

    private void WaitForOthers(long start, long lateTicks)
    {
        while (Volatile.Read(ref _unfinished) != 0)
        {
            Thread.SpinWait(4);
            if (Stopwatch.GetTimestamp() - start > SpinTicks)
            {
                Array.Copy(_inTiles, _late, Threads);
                _caller.LieDown();
                _caller.Sleep(stillNeeded: Volatile.Read(ref _unfinished) != 0);
            }
        }

        long now = Stopwatch.GetTimestamp();
        if (now - start > lateTicks)
        {
            CountLate(now, now - start);
        }
    }

    private void CountLate(long now, long waited)
    {
        if (now - _windowStart > WindowTicks)
        {
            (_windowStart, _lost) = (now, 0);
        }

        _lost += waited;
        for (int worker = 1; worker < Threads && _lost > LostTicks; worker++)
        {
            if (_late[worker])
            {
                LeaveOut(worker, now);
            }
        }
    }

    private void LeaveOut(int worker, long now)
    {
        // Long after the last time it begins anew.
        bool isAgain = now - _pausedUntil[worker] < _pauseTicks << MostDoublings;
        _pauses[worker] = isAgain ? Math.Min(_pauses[worker] + 1, MostDoublings) : 0;
        Volatile.Write(ref _pausedUntil[worker], now + (_pauseTicks << _pauses[worker]));
    }
}
