using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// A fixed set of threads. Each begins with a range of tasks of its own, the same in every step of as many tasks, so that what it wrote
/// before is in its caches; then it steals from the ends of the others' ranges, so that a thread that has lost its core to another
/// process does fewer. Threads spin between jobs (a hand-over then costs about 60 ns) and block later. A thread that waits for one
/// without a core lends it its own. <see cref="Run"/> allocates nothing.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const double SpinUs = 40;

    // While a plan runs: longer than any of its steps on one thread, for waking a thread costs 10 us or more.
    private const double RunSpinUs = 1000;

    // After how long a late thread is checked, and for how long its run time is watched.
    private const double LateUs = 60, WatchUs = 8;

    private static readonly long _spinTicks = Ticks(SpinUs), _runSpinTicks = Ticks(RunSpinUs), _lateTicks = Ticks(LateUs), _watchTicks = Ticks(WatchUs);

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
    private ThreadAffinity? _callerAffinity;

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

    /// <summary>Keeps the threads awake between jobs until <see cref="EndPlan"/>.</summary>
    public void BeginPlan() => Interlocked.Increment(ref _plans);

    /// <summary>Ends what <see cref="BeginPlan"/> began.</summary>
    public void EndPlan()
    {
        Interlocked.CompareExchange(ref _callerAffinity, null, ThreadAffinity.OfThisThread);
        Interlocked.Decrement(ref _plans);
    }

    /// <summary>
    /// Runs all tasks and returns when the last is done. While another caller has the pool, this one runs its tasks alone.
    /// </summary>
    public void Run(ParallelJob job, int tasks)
    {
        if (tasks is 1 or >= TaskRange.TooMany || _threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int task = 0; task < tasks; task++)
            {
                job.RunTask(task, 0);
            }

            return;
        }

        _job = job;
        Volatile.Write(ref _callerAffinity, ThreadAffinity.OfThisThread);
        Volatile.Write(ref _unfinished, tasks);
        int number = TaskRange.Next(Volatile.Read(ref _lanes[0].Run));
        for (int worker = 0; worker < Threads; worker++)
        {
            (int first, int last) = TaskRange.Of(tasks, Threads, worker);
            if (first < last)
            {
                Interlocked.Exchange(ref _lanes[worker].Run, TaskRange.Make(number, first, last));
            }
        }

        for (int worker = 1; worker < Threads; worker++)
        {
            if (TaskRange.Number(Volatile.Read(ref _lanes[worker].Run)) == number)
            {
                _workers[worker - 1].Wake();
            }
        }

        TakeTasks(0);
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
        sleeper.Affinity = ThreadAffinity.OfThisThread;
        ref Lane lane = ref _lanes[worker];
        int seen = 0;
        while (true)
        {
            long start = Stopwatch.GetTimestamp(), look = start + _lateTicks;
            while (IsIdle(worker, seen))
            {
                Thread.SpinWait(8);
                long now = Stopwatch.GetTimestamp();
                if (now - start > (Volatile.Read(ref _plans) > 0 ? _runSpinTicks : _spinTicks)
                    || Volatile.Read(ref lane.HasBorrowed) == 1
                    || LendsTo(Volatile.Read(ref _callerAffinity), now, ref look))
                {
                    sleeper.PrepareToSleep();
                    sleeper.Sleep(stillNeeded: IsIdle(worker, seen));
                    Volatile.Write(ref lane.HasBorrowed, 0);
                    start = Stopwatch.GetTimestamp();
                    look = start + _lateTicks;
                }
            }

            if (Volatile.Read(ref _disposed))
            {
                return;
            }

            seen = TaskRange.Number(Volatile.Read(ref lane.Run));
            Volatile.Write(ref lane.HasTasks, true);
            TakeTasks(worker);
            Volatile.Write(ref lane.HasTasks, false);
        }
    }

    private bool IsIdle(int worker, int seen) =>
        TaskRange.Number(Volatile.Read(ref _lanes[worker].Run)) == seen && !Volatile.Read(ref _disposed);

    private void TakeTasks(int worker)
    {
        int done = 0;
        for (int other = 0; other < Threads; other++)
        {
            // Its own range from the front, those of the others from the end.
            int owner = (worker + other) % Threads;
            while (TaskRange.Take(ref _lanes[owner].Run, fromEnd: other > 0, out int task))
            {
                done++;
                try
                {
                    _job!.RunTask(task, worker);
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
        long start = Stopwatch.GetTimestamp(), look = start + _lateTicks;
        while (Volatile.Read(ref _unfinished) != 0)
        {
            Thread.SpinWait(4);
            long now = Stopwatch.GetTimestamp();
            int borrower = LendsToWorker(now, ref look);
            if (borrower > 0 || now - start > _runSpinTicks)
            {
                _caller.PrepareToSleep();
                _caller.Sleep(stillNeeded: Volatile.Read(ref _unfinished) != 0);
            }

            if (borrower > 0 && Interlocked.Exchange(ref _lanes[borrower].HasBorrowed, 0) == 1)
            {
                // It has woken this thread and lost the processor before it could sleep.
                _workers[borrower - 1].Affinity?.MoveOffMine();
            }
        }
    }

    // The worker that was lent the processor of the calling thread; 0: none.
    private int LendsToWorker(long now, ref long look)
    {
        long next = look;
        for (int worker = 1; worker < Threads; worker++)
        {
            next = look;
            if (Volatile.Read(ref _lanes[worker].HasTasks) && LendsTo(_workers[worker - 1].Affinity, now, ref next))
            {
                Volatile.Write(ref _lanes[worker].HasBorrowed, 1);
                return worker;
            }
        }

        look = next;
        return 0;
    }

    // True if the thread waits for a processor and was moved to that of the calling thread, which must sleep now.
    private static bool LendsTo(ThreadAffinity? late, long now, ref long look)
    {
        if (now <= look || late is null)
        {
            return false;
        }

        look = now + _lateTicks;
        long before = late.RunTime;
        while (Stopwatch.GetTimestamp() - now < _watchTicks)
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

    // Read by other threads; two cache lines each, because processors fetch lines in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Lane
    {
        // The tasks that nobody has taken yet: see TaskRange.
        public long Run;

        // True while the thread may hold a task.
        public bool HasTasks;

        // 1 if the caller has lent its processor; the thread gives it back when there are no tasks left.
        public int HasBorrowed;
    }
}
