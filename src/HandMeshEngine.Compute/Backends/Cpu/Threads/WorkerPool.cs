using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// A fixed set of threads that take tiles from one counter. Nothing is split beforehand: a thread that loses its core to
/// another process takes fewer tiles. Threads spin for tens of microseconds between jobs (a hand-over costs about 60 ns
/// then), later they block. Allocates nothing in <see cref="Run"/>.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const double SpinUs = 40;

    private static readonly long SpinTicks = (long)(SpinUs * 1e-6 * Stopwatch.Frequency);

    private readonly Thread[] _threads;
    private readonly Sleeper[] _workers;
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
    {
        Threads = threads;
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
        if (tiles == 1 || _threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
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
        foreach (Sleeper worker in _workers)
        {
            worker.Wake();
        }

        TakeTiles(0);
        WaitForOthers();
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
            TakeTiles(worker);
        }
    }

    private bool IsIdle(long seen) => Volatile.Read(ref _ticket) >> 32 == seen && !Volatile.Read(ref _disposed);

    private void TakeTiles(int worker)
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
    }

    private void WaitForOthers()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _unfinished) != 0)
        {
            Thread.SpinWait(4);
            if (Stopwatch.GetTimestamp() - start > SpinTicks)
            {
                _caller.LieDown();
                _caller.Sleep(stillNeeded: Volatile.Read(ref _unfinished) != 0);
            }
        }
    }
}
