using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_task_runs_once_whether_the_threads_spin_or_sleep(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int round = 0; round < 300; round++)
        {
            var job = new CountingJob(tasks: 1 + (round % 37));
            if (round % 50 == 0)
            {
                // Longer than threads spin: they sleep by now.
                Thread.Sleep(3);
            }

            pool.Run(job, job.Runs.Length);
            Assert.All(job.Runs, runs => Assert.Equal(1, runs));
            Assert.InRange(job.LargestWorker, 0, threads - 1);
        }
    }

    [Fact]
    public void Callers_at_the_same_time_each_get_their_own_tasks_done()
    {
        using var pool = new WorkerPool(3);
        Parallel.For(0, 6, _ =>
        {
            for (int round = 0; round < 200; round++)
            {
                var job = new CountingJob(20);
                pool.Run(job, 20);
                Assert.All(job.Runs, runs => Assert.Equal(1, runs));
            }
        });
    }

    [Fact]
    public void An_exception_in_a_task_reaches_the_caller_and_the_pool_goes_on()
    {
        using var pool = new WorkerPool(3);
        for (int round = 0; round < 50; round++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => pool.Run(new FailingJob(), 16));
            Assert.Equal("task 7", error.Message);
            var job = new CountingJob(16);
            pool.Run(job, 16);
            Assert.All(job.Runs, runs => Assert.Equal(1, runs));
        }
    }

    [Fact]
    public void A_slow_task_is_waited_for()
    {
        using var pool = new WorkerPool(2);
        var job = new CountingJob(4) { Pause = TimeSpan.FromMilliseconds(5) };
        pool.Run(job, 4);
        Assert.All(job.Runs, runs => Assert.Equal(1, runs));
    }

    private sealed class CountingJob(int tasks) : ParallelJob
    {
        private int _largestWorker;

        public int[] Runs { get; } = new int[tasks];

        public TimeSpan Pause { get; init; }

        public int LargestWorker => _largestWorker;

        public override void RunTask(int task, int worker)
        {
            if (Pause > TimeSpan.Zero)
            {
                Thread.Sleep(Pause);
            }

            Interlocked.Increment(ref Runs[task]);
            if (worker > _largestWorker)
            {
                _largestWorker = worker;
            }
        }
    }

    private sealed class FailingJob : ParallelJob
    {
        public override void RunTask(int task, int worker)
        {
            if (task == 7)
            {
                throw new InvalidOperationException("task 7");
            }
        }
    }
}
