using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// A fixed set of threads. Each begins with a run of tiles of its own, the same run in every step of as many tiles, so that it finds
/// what it wrote before in its own caches; then it takes from the ends of the others' runs: a thread that loses its core to another
/// process computes fewer tiles. Threads spin between jobs (a hand-over costs about 60 ns then), later they block. Who waits for a
/// thread that has lost its core lends it the own one. Allocates nothing in <see cref="Run"/>.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const double SpinUs = 40;

    // While a plan runs: longer than its steps for one thread take. Who sleeps has to be woken, for 10 us or more.
    private const double RunSpinUs = 1000;

    // When a thread that is waited for is looked after, and for how long its clock is watched.
    private const double LateUs = 60, WatchUs = 8;

    private static readonly long SpinTicks = Ticks(SpinUs), RunSpinTicks = Ticks(RunSpinUs), LateTicks = Ticks(LateUs), WatchTicks = Ticks(WatchUs);

    private readonly Thread[] _threads;
    private readonly Sleeper[] _workers;
    private readonly Sleeper _caller = new();
    private ParallelJob? _job;
    private int _unfinished;
    private int _busy;
    private int _plans;
    private bool _disposed;
    private Exception? _error;

    private readonly Lane[] _lanes;
    private ThreadPlace? _callerPlace;

    /// <summary>A pool of <paramref name="threads"/> threads, the caller's included.</summary>
    public WorkerPool(int threads)
    {
        Threads = threads;
        _threads = new Thread[threads - 1];
        _workers = new Sleeper[threads - 1];
        _lanes = new Lane[threads];
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

    /// <summary>Says that jobs will follow each other closely until <see cref="EndPlan"/>: the threads stay awake between them.</summary>
    public void BeginPlan() => Interlocked.Increment(ref _plans);

    /// <summary>Ends what <see cref="BeginPlan"/> began.</summary>
    public void EndPlan()
    {
        Interlocked.CompareExchange(ref _callerPlace, null, ThreadPlace.OfThisThread);
        Interlocked.Decrement(ref _plans);
    }

    /// <summary>
    /// Runs all tiles and returns when the last is done. When another caller has the pool, this one does its tiles alone.
    /// </summary>
    public void Run(ParallelJob job, int tiles)
    {
        if (tiles is 1 or >= TileRun.TooMany || _threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int tile = 0; tile < tiles; tile++)
            {
                job.RunTile(tile, 0);
            }

            return;
        }

        _job = job;
        Volatile.Write(ref _callerPlace, ThreadPlace.OfThisThread);
        Volatile.Write(ref _unfinished, tiles);
        int number = TileRun.Next(Volatile.Read(ref _lanes[0].Run));
        for (int worker = 0; worker < Threads; worker++)
        {
            (int first, int last) = TileRun.Of(tiles, Threads, worker);
            if (first < last)
            {
                Interlocked.Exchange(ref _lanes[worker].Run, TileRun.Make(number, first, last));
            }
        }

        for (int worker = 1; worker < Threads; worker++)
        {
            if (TileRun.Number(Volatile.Read(ref _lanes[worker].Run)) == number)
            {
                _workers[worker - 1].Wake();
            }
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
        Sleeper sleeper = _workers[worker - 1];
        sleeper.Place = ThreadPlace.OfThisThread;
        ref Lane lane = ref _lanes[worker];
        int seen = 0;
        while (true)
        {
            long start = Stopwatch.GetTimestamp(), look = start + LateTicks;
            while (IsIdle(worker, seen))
            {
                Thread.SpinWait(8);
                long now = Stopwatch.GetTimestamp();
                if (now - start > (Volatile.Read(ref _plans) > 0 ? RunSpinTicks : SpinTicks)
                    || Volatile.Read(ref lane.HasBorrowed) == 1
                    || LendsTo(Volatile.Read(ref _callerPlace), now, ref look))
                {
                    sleeper.LieDown();
                    sleeper.Sleep(stillNeeded: IsIdle(worker, seen));
                    Volatile.Write(ref lane.HasBorrowed, 0);
                    start = Stopwatch.GetTimestamp();
                    look = start + LateTicks;
                }
            }

            if (Volatile.Read(ref _disposed))
            {
                return;
            }

            seen = TileRun.Number(Volatile.Read(ref lane.Run));
            Volatile.Write(ref lane.HasTiles, true);
            TakeTiles(worker);
            Volatile.Write(ref lane.HasTiles, false);
        }
    }

    private bool IsIdle(int worker, int seen) =>
        TileRun.Number(Volatile.Read(ref _lanes[worker].Run)) == seen && !Volatile.Read(ref _disposed);

    private void TakeTiles(int worker)
    {
        int done = 0;
        for (int other = 0; other < Threads; other++)
        {
            // The own run from its front, those of the others from their ends.
            int owner = (worker + other) % Threads;
            while (TileRun.Take(ref _lanes[owner].Run, fromEnd: other > 0, out int tile))
            {
                done++;
                try
                {
                    _job!.RunTile(tile, worker);
                }
                catch (Exception error)
                {
                    Interlocked.CompareExchange(ref _error, error, null);
                }
            }
        }

        if (done > 0 && Interlocked.Add(ref _unfinished, -done) == 0 && worker != 0)
        {
            _caller.Wake();
        }
    }

    private void WaitForOthers()
    {
        long start = Stopwatch.GetTimestamp(), look = start + LateTicks;
        while (Volatile.Read(ref _unfinished) != 0)
        {
            Thread.SpinWait(4);
            long now = Stopwatch.GetTimestamp();
            int borrower = LendsToWorker(now, ref look);
            if (borrower > 0 || now - start > RunSpinTicks)
            {
                _caller.LieDown();
                _caller.Sleep(stillNeeded: Volatile.Read(ref _unfinished) != 0);
            }

            if (borrower > 0 && Interlocked.Exchange(ref _lanes[borrower].HasBorrowed, 0) == 1)
            {
                // It woke this thread and was put aside before it could sleep.
                _workers[borrower - 1].Place?.MoveOffMine();
            }
        }
    }

    // The worker that was lent the processor of the calling thread, or 0.
    private int LendsToWorker(long now, ref long look)
    {
        long next = look;
        for (int worker = 1; worker < Threads; worker++)
        {
            next = look;
            if (Volatile.Read(ref _lanes[worker].HasTiles) && LendsTo(_workers[worker - 1].Place, now, ref next))
            {
                Volatile.Write(ref _lanes[worker].HasBorrowed, 1);
                return worker;
            }
        }

        look = next;
        return 0;
    }

    // True if the thread was found waiting for a processor and given that of the calling thread, which must sleep now.
    private static bool LendsTo(ThreadPlace? late, long now, ref long look)
    {
        if (now <= look || late is null)
        {
            return false;
        }

        look = now + LateTicks;
        long before = late.RunTime;
        while (Stopwatch.GetTimestamp() - now < WatchTicks)
        {
            Thread.SpinWait(8);
        }

        if (late.RunTime != before)
        {
            return false;
        }

        late.MoveToMine();
        return true;
    }

    private static long Ticks(double us) => (long)(us * 1e-6 * Stopwatch.Frequency);

    // What other threads look at, two cache lines a thread: processors fetch them in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Lane
    {
        // The tiles that nobody has taken yet: see TileRun.
        public long Run;

        // True while the thread may hold a tile.
        public bool HasTiles;

        // 1 if the caller lent its processor: it is given back as soon as there are no tiles.
        public int HasBorrowed;
    }
}
